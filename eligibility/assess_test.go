package eligibility_test

import (
	"testing"

	"golang.org/x/text/language"

	"bytes"
	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/eligibility"
)

func TestShippedDocumentIsRead(t *testing.T) {
	if _, err := eligibility.Parse(bytes.NewReader(eligibility.AliExpressDocument())); err != nil {
		t.Fatal(err)
	}
}

func TestPasses(t *testing.T) {
	for name, a := range map[string]*application.Application{"third party": thirdParty(), "self operated": selfOperated()} {
		d, err := eligibility.AliExpress().Assess(a)
		if err != nil {
			t.Fatal(err)
		}
		if !d.Approved() || len(d.Findings()) != 0 || len(d.Advice()) != 0 {
			for _, f := range append(d.Findings(), d.Advice()...) {
				t.Errorf("%s: %s %s %s", name, f.Code, f.Path, f.Message(language.Chinese))
			}
		}
		n := testing.AllocsPerRun(100, func() { d, err = eligibility.AliExpress().Assess(a) })
		if n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

func BenchmarkAssess(b *testing.B) {
	for name, a := range map[string]*application.Application{"third": thirdParty(), "self": selfOperated()} {
		b.Run(name, func(b *testing.B) {
			p := eligibility.AliExpress().Latest()
			b.ReportAllocs()
			for b.Loop() {
				d, _ := p.Assess(a)
				if !d.Approved() {
					b.Fatal("not approved")
				}
			}
		})
		b.Run(name+"/editions", func(b *testing.B) {
			e := eligibility.AliExpress()
			b.ReportAllocs()
			for b.Loop() {
				d, _ := e.Assess(a)
				if !d.Approved() {
					b.Fatal("not approved")
				}
			}
		})
	}
}
