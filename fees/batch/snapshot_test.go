package batch

import (
	"bytes"
	"testing"
)

// FuzzResume holds that no document harms: what is accepted writes itself again and keeps its books.
func FuzzResume(f *testing.F) {
	for seed := range uint64(4) {
		s := newSequence(seed)
		l, _ := New(Options{Currency: euro, Method: Valuation(seed)})
		for range 9 {
			_ = l.Post(s.next())
		}
		through, _ := s.first.AddDays(s.day / 2)
		_ = l.Close(through)
		f.Add(l.Snapshot())
	}
	f.Add([]byte(`{"schema":"overseas/ledger/1","currency":"EUR","scale":2,"method":"fifo","closed":"","sealed":[],"places":[],"journal":[],"open":[],"entries_sha256":"","sha256":""}`))
	f.Fuzz(func(t *testing.T, doc []byte) {
		l, err := Resume(bytes.NewReader(doc))
		if err != nil {
			return
		}
		again, err := Resume(bytes.NewReader(l.Snapshot()))
		if err != nil || !bytes.Equal(again.Snapshot(), l.Snapshot()) {
			t.Fatal(err)
		}
		conserved(t, l)
	})
}

// TestResumeRefuses changes a document in one place each.
func TestResumeRefuses(t *testing.T) {
	l := ledger(t, FIFO, "i receipt 2026-01-01 batch=B sku=A warehouse=W units=3 purchase=10", "a release 2026-01-02 order=1 sku=A warehouse=W units=1")
	if err := l.Close(day(t, "2026-01-31")); err != nil {
		t.Fatal(err)
	}
	doc := l.Snapshot()
	for _, c := range []struct{ name, old, new string }{
		{"another schema", "overseas/ledger/1", "overseas/ledger/2"},
		{"more units than there are", `,1,2,1,"purchase"`, `,1,2,9,"purchase"`},
		{"a place that is not there", `,1,2,1,"purchase"`, `,1,7,1,"purchase"`},
		{"an account that is not there", `["stock"`, `["shelf"`},
		{"an amount of another scale", `"purchase","10.00"`, `"purchase","10.001"`},
		{"a day behind the closed ones", `"closed":"2026-01-31"`, `"closed":"2026-01-01"`},
		{"an unknown member", `"scale":2`, `"scale":2,"x":1`},
		{"another amount", `"purchase","10.00"`, `"purchase","11.00"`},
		{"a scale out of range", `"scale":2`, `"scale":99`},
	} {
		bad := bytes.Replace(doc, []byte(c.old), []byte(c.new), 1)
		if bytes.Equal(bad, doc) {
			t.Fatalf("%s: %q is not in\n%s", c.name, c.old, doc)
		}
		if _, err := Resume(bytes.NewReader(bad)); err == nil {
			t.Errorf("%s is accepted", c.name)
		}
	}
}
