package proof

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

func rat(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return r
}

func amount(v, unit string) *Node { return Leaf(Given, "x", rat(v), unit) }

// step is a step with a value that the test says.
func step(op Op, v, unit string, args ...*Node) *Node {
	return &Node{Op: op, Value: rat(v), Unit: unit, Args: args}
}

func edge(name, v, unit string) *Node { return Leaf(Stated, name, rat(v), unit) }

func within(at string, x *Node, edges ...*Node) *Node {
	n := Bracket("b", 0, x, edges...)
	n.Value = rat(at)
	return n
}

func rounded(v string, x *Node, to string, m fixed.Mode) *Node {
	n := step(Round, v, x.Unit, x, edge("to", to, x.Unit))
	n.Mode = m
	return n
}

func chosen(word, v string, args ...*Node) *Node { return step(Chosen, v, "EUR", args...).Saying(word) }

// TestStepsFollowFromTheirArguments checks each operation on what is right and on what is wrong.
func TestStepsFollowFromTheirArguments(t *testing.T) {
	const differs, malformed = problem.StepDiffers, problem.StepMalformed
	for _, c := range []struct {
		name string
		n    *Node
		want problem.Code
	}{
		{"sum", step(Sum, "1.5", "kg", amount("1", "kg"), amount("500", "g")), ""},
		{"sum", step(Sum, "1.6", "kg", amount("1", "kg"), amount("500", "g")), differs},
		{"sum of nothing", step(Sum, "0", "EUR"), ""},
		{"sum of kilograms and metres", step(Sum, "2", "kg", amount("1", "kg"), amount("1", "m")), malformed},
		{"sum of two currencies", step(Sum, "2", "EUR", amount("1", "EUR"), amount("1", "USD")), malformed},
		{"sum in another dimension", step(Sum, "2", "EUR", amount("1", "kg"), amount("1", "kg")), malformed},
		{"minus", step(Minus, "-2", "EUR", amount("1", "EUR"), amount("3", "EUR")), ""},
		{"less", step(Less, "0", "EUR", amount("1", "EUR"), amount("3", "EUR")), ""},
		{"less", step(Less, "-2", "EUR", amount("1", "EUR"), amount("3", "EUR")), differs},
		{"less of one", step(Less, "1", "EUR", amount("1", "EUR")), malformed},
		{"product", step(Product, "6", "EUR", amount("2", ""), amount("3", "EUR")), ""},
		{"product of sides", step(Product, "0.001", "m3", amount("10", "cm"), amount("10", "cm"), amount("0.1", "m")), ""},
		{"product by a density", step(Product, "16.7", "kg", amount("0.1", "m3"), edge("ratio", "167", "kg/m3")), ""},
		{"product by an exchange rate", step(Product, "110", "USD", amount("100", "EUR"), Leaf(Rate, "", rat("1.1"), "USD/EUR")), ""},
		{"product by the wrong way round", step(Product, "110", "USD", amount("100", "EUR"), Leaf(Rate, "", rat("1.1"), "EUR/USD")), malformed},
		{"quotient", step(Quotient, "1/3", "", amount("1", "kg"), amount("3", "kg")), ""},
		{"quotient by a divisor", step(Quotient, "2", "kg", amount("12000", "cm3"), edge("ratio", "6000", "cm3/kg")), ""},
		{"quotient by nothing", step(Quotient, "0", "", amount("1", "kg"), amount("0", "kg")), malformed},
		{"same", step(Same, "1000", "g", amount("1", "kg")), ""},
		{"same", step(Same, "1001", "g", amount("1", "kg")), differs},
		{"same of another dimension", step(Same, "1", "l", amount("1", "kg")), malformed},
		{"greatest", step(Greatest, "2", "kg", amount("1", "kg"), amount("2000", "g")), ""},
		{"greatest", step(Greatest, "1", "kg", amount("1", "kg"), amount("2000", "g")), differs},
		{"least", step(Least, "1", "kg", amount("1", "kg"), amount("2000", "g")), ""},
		{"step up", step(StepUp, "1.5", "kg", amount("1.01", "kg"), edge("step", "0.5", "kg")), ""},
		{"step up on a step", step(StepUp, "1", "kg", amount("1", "kg"), edge("step", "0.5", "kg")), ""},
		{"step up with a tolerance", step(StepUp, "1", "kg", amount("1.1", "kg"), edge("step", "0.5", "kg"), edge("tolerance", "100", "g")), ""},
		{"step up past a tolerance", step(StepUp, "1.5", "kg", amount("1.101", "kg"), edge("step", "0.5", "kg"), edge("tolerance", "100", "g")), ""},
		{"step up by nothing", step(StepUp, "1", "kg", amount("1", "kg"), edge("step", "0", "kg")), malformed},
		{"half up", rounded("2.35", amount("2.345", "EUR"), "0.01", fixed.HalfUp), ""},
		{"half even", rounded("2.34", amount("2.345", "EUR"), "0.01", fixed.HalfEven), ""},
		{"half even", rounded("2.35", amount("2.345", "EUR"), "0.01", fixed.HalfEven), differs},
		{"half up below nothing", rounded("-2.35", amount("-2.345", "EUR"), "0.01", fixed.HalfUp), ""},
		{"no mode", rounded("2.35", amount("2.345", "EUR"), "0.01", 0), malformed},
		{"within", within("1", amount("2", "kg"), edge(EdgeOver, "1", "kg"), edge(EdgeUpTo, "2000", "g")), ""},
		{"on the lower edge", within("1", amount("1", "kg"), edge(EdgeOver, "1", "kg"), edge(EdgeUpTo, "2", "kg")), malformed},
		{"from the lower edge", within("1", amount("1", "kg"), edge(EdgeFrom, "1", "kg"), edge(EdgeBelow, "2", "kg")), ""},
		{"on the upper edge", within("1", amount("2", "kg"), edge(EdgeFrom, "1", "kg"), edge(EdgeBelow, "2", "kg")), malformed},
		{"an edge that is none", within("1", amount("2", "kg"), edge("near", "1", "kg")), malformed},
		{"half a position", within("1/2", amount("2", "kg")), malformed},
		{"the only one", chosen("one", "2", amount("2", "EUR")), ""},
		{"one of two", chosen("one", "2", amount("2", "EUR"), amount("3", "EUR")), malformed},
		{"the first", chosen("first", "2", amount("2", "EUR"), amount("3", "EUR")), ""},
		{"the greatest", chosen("greatest", "3", amount("3", "EUR"), amount("2", "EUR")), ""},
		{"not the greatest", chosen("greatest", "2", amount("2", "EUR"), amount("3", "EUR")), malformed},
		{"not the least", chosen("least", "3", amount("3", "EUR"), amount("2", "EUR")), malformed},
		{"by no rule", chosen("", "2", amount("2", "EUR")), malformed},
		{"none", step(None, "0", "EUR"), ""},
		{"none that is something", step(None, "1", "EUR"), differs},
		{"a word", Text("zone", "3"), ""},
		{"a word with a value", &Node{Op: Word, Word: "3", Value: rat("3")}, malformed},
		{"a leaf with arguments", step(Given, "1", "kg", amount("1", "kg")), malformed},
		{"a leaf without a value", &Node{Op: Given}, malformed},
		{"a price", step(Price, "1", "EUR", Text("zone", "3"), within("0", amount("1", "kg"), edge(EdgeUpTo, "2", "kg"))), ""},
		{"a price by an amount", step(Price, "1", "EUR", amount("1", "kg")), malformed},
		{"no such unit", amount("1", "stone"), problem.UnitUnknown},
		{"no such ratio", amount("1", "kg/stone"), problem.UnitUnknown},
		{"an operation that is none", step("magic", "1", "kg"), malformed},
		{"again without anything", step(Again, "1", "kg"), malformed},
		{"no step", step(Sum, "1", "kg", nil), malformed},
	} {
		err := c.n.Check("/p")
		if c.want == "" && err != nil || c.want != "" && !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

// TestTheFirstStepThatDisagreesIsNamed: two are wrong, the lower one is named.
func TestTheFirstStepThatDisagreesIsNamed(t *testing.T) {
	n := step(Sum, "9", "EUR", amount("1", "EUR"), step(Product, "7", "EUR", amount("2", ""), amount("3", "EUR")))
	var p problem.Problem
	if err := n.Check("/lines/0/proof"); !errors.As(err, &p) || p.Path != "/lines/0/proof/args/1" || p.Text != "7 EUR" || p.Want[0] != "6 EUR" {
		t.Errorf("%v", err)
	}
}

func TestConstructorsCompute(t *testing.T) {
	a, b := amount("2", "kg"), amount("3", "kg")
	for _, c := range []struct {
		n    *Node
		want string
	}{
		{Total("t", "g", a, b), "5000"},
		{Make(Quotient, "", "", a, b), "2/3"},
		{Rounded("", Make(Quotient, "", "", a, b), Number("to", 1), fixed.HalfUp), "1"},
		{Make(Quotient, "", "", a, amount("0", "kg")), ""},
		{Make(Sum, "", "stone", a), ""},
		{MinorUnit("JPY", 0), "1"},
		{MinorUnit("EUR", 2), "0.01"},
		{AgainOf(AgainOf(a)), "2"},
	} {
		if numberText(c.n.Value) != c.want {
			t.Errorf("%s %s: %s, want %s", c.n.Op, c.n.Name, numberText(c.n.Value), c.want)
		}
	}
	if !a.Equal(amount("2", "kg")) || a.Equal(b) || a.Equal(nil) {
		t.Error("equality")
	}
}

func sealed(t testing.TB, nodes ...*Node) *Record {
	t.Helper()
	r := &Record{Of: "order", Language: "en", Status: "exact", Inputs: []byte(`{ "a" : 1 }`)}
	for _, n := range nodes {
		r.Lines = append(r.Lines, LineProof{Code: "c", Proof: n})
	}
	if err := r.Seal(); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestNumbersAreWrittenInOneWay(t *testing.T) {
	for _, s := range []string{"0", "1", "-1", "0.125", "1/3", "-22/7", "1000000000000000000000", "0.000000000000000000001"} {
		r, ok := parseNumber(s)
		if !ok || numberText(r) != s {
			t.Errorf("%s becomes %s", s, numberText(r))
		}
	}
	for _, s := range []string{"", "1e9", "+1", "01", "1.0", "2/4", "1/0", "1/-3", ".5", "5.", "1_0", " 1", "0x1", "NaN", "1/3/5", "--1", "-0", strings.Repeat("9", longest+1)} {
		if r, ok := parseNumber(s); ok {
			t.Errorf("%q is read as %s", s, numberText(r))
		}
	}
}

func TestReadIsStrict(t *testing.T) {
	r := sealed(t, Total("t", "EUR", amount("1", "EUR")))
	doc, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ from, to string }{
		{`"op":"sum"`, `"op":"some"`}, {`"value":"1"`, `"value":1`}, {`"value":"1"`, `"value":"1.0"`}, {`"schema":"overseas/explanation/1"`, `"schema":"overseas/explanation/2"`},
		{`"language":"en"`, `"language":"tlh"`}, {`"lines":`, `"rows":`}, {`"text":[]`, `"text":[{"depth":-1,"kind":"step","text":"x"}]`},
		{`"text":[]`, `"text":[{"depth":1,"kind":"poem","text":"x"}]`}, {`"status":"exact"`, `"status":null`}, {`"args":[`, `"args":[null,`},
	} {
		broken := strings.Replace(string(doc), c.from, c.to, 1)
		if broken == string(doc) {
			t.Errorf("%s is not in %s", c.from, doc)
		}
		if _, err := Read(strings.NewReader(broken)); err == nil {
			t.Errorf("%s for %s is read", c.to, c.from)
		}
	}
	if _, err := Read(nil); err == nil {
		t.Error("nothing is read")
	}
	deep := strings.Repeat(`{"op":"sum","value":"1","args":[`, 1000) + strings.Repeat(`]}`, 1000)
	if _, err := Read(strings.NewReader(strings.Replace(string(doc), `"proof":{`, `"proof":`+deep+`,"x":{`, 1))); !errors.Is(err, problem.TooDeep) {
		t.Error("a deep tree:", err)
	}
}

// TestAStepStandsForAnEarlierOneOnly moves what a step stands for out of the record, and behind it.
func TestAStepStandsForAnEarlierOneOnly(t *testing.T) {
	sum := Total("t", "EUR", amount("1", "EUR"), amount("2", "EUR"))
	r := sealed(t, sum, Total("u", "EUR", AgainOf(sum)))
	if err := r.Verify(); err != nil {
		t.Fatal(err)
	}
	r = &Record{Language: "en", Lines: []LineProof{{Code: "u", Proof: Total("u", "EUR", AgainOf(sum))}}}
	if err := r.Seal(); !errors.Is(err, problem.StepMalformed) {
		t.Error("what it stands for is not there:", err)
	}
	r = &Record{Language: "en", Lines: []LineProof{{Code: "u", Proof: Total("u", "EUR", AgainOf(sum))}, {Code: "t", Proof: sum}}}
	if err := r.Seal(); !errors.Is(err, problem.StepMalformed) {
		t.Error("it stands behind:", err)
	}
}

func TestSheetsHaveNoFormulas(t *testing.T) {
	evil := amount("-1", "EUR").Called("=HYPERLINK(1)").At("@x")
	var b bytes.Buffer
	if err := sealed(t, evil).WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	row := strings.Split(b.String(), "\r\n")[1]
	if !strings.Contains(row, `"'=HYPERLINK(1)"`) || !strings.Contains(row, `"'@x"`) || !strings.Contains(row, ",-1,") {
		t.Error(row)
	}
}

func TestEveryOperationHasWords(t *testing.T) {
	for _, op := range Ops() {
		for _, l := range lang.All() {
			if OpText(op, l.Tag()) == "" {
				t.Errorf("%s has no text in %s", op, l)
			}
		}
		if !strings.Contains(schema, `"`+string(op)+`"`) {
			t.Errorf("the schema does not know %s", op)
		}
	}
	if len(opTexts) != len(Ops()) {
		t.Errorf("%d texts for %d operations", len(opTexts), len(Ops()))
	}
}

// FuzzRead reads anything; what can be read is written the same, and checking it neither panics nor hangs.
func FuzzRead(f *testing.F) {
	sum := Total("t", "EUR", amount("1", "EUR"), rounded("2.35", amount("2.345", "EUR"), "0.01", fixed.HalfUp))
	doc, err := json.Marshal(sealed(f, sum, chosen("greatest", "3", amount("3", "EUR"), amount("2", "EUR")), Total("u", "EUR", AgainOf(sum))))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(doc)
	f.Add([]byte(`{"schema":"overseas/explanation/1"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Read(bytes.NewReader(data))
		if err != nil {
			return
		}
		again, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Read(bytes.NewReader(again))
		if err != nil {
			t.Fatalf("%v\n%s\n%s", err, data, again)
		}
		third, err := json.Marshal(s)
		if err != nil || !bytes.Equal(again, third) {
			t.Fatalf("%v\n%s\n%s", err, again, third)
		}
		if (r.Verify() == nil) != (s.Verify() == nil) {
			t.Fatal("verified once")
		}
		for _, write := range []func() error{
			func() error { return r.WriteText(&bytes.Buffer{}) }, func() error { return r.WriteMarkdown(&bytes.Buffer{}) },
			func() error { return r.WriteHTML(&bytes.Buffer{}) }, func() error { return r.WriteCSV(&bytes.Buffer{}) },
		} {
			if err := write(); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// TestApart takes steps out of a record of which some rest on others that stay behind.
func TestApart(t *testing.T) {
	one := Leaf(Given, "one", big.NewRat(1, 1), "EUR")
	a := Total("left", "EUR", one)
	b := Make(Minus, "b", "EUR", AgainOf(a).Called("same"), Leaf(Stated, "x", big.NewRat(1, 4), "EUR"))
	c := Total("c", "EUR", AgainOf(a), AgainOf(b))
	whole := &Record{Language: "en", Lines: []LineProof{{Code: "a", Proof: a}, {Code: "b", Proof: b}, {Code: "c", Proof: c}}}
	if err := whole.Seal(); err != nil || whole.Verify() != nil {
		t.Fatal(err, whole.Verify())
	}
	parts := Apart(c, b)
	r := &Record{Language: "en", Totals: []*Node{Total("all", "EUR", parts...)}}
	if err := r.Seal(); err != nil || r.Verify() != nil {
		t.Fatal(err, r.Verify())
	}
	first, second := r.Totals[0].Args[0], r.Totals[0].Args[1]
	if first.Args[0].Op != Sum || first.Args[0].Name != "left" || first.Args[1].Op != Minus || first.Args[1].Args[0].Op != Again ||
		first.Args[1].Args[0].Name != "same" || second.Op != Again || second.From != "/totals/0/args/0/args/1" {
		doc, _ := json.Marshal(r.Totals)
		t.Errorf("%s", doc)
	}
	if err := whole.Verify(); err != nil || b.Args[0].Op != Again || b.Args[0].From != "/lines/0/proof" {
		t.Error("the record was changed:", err)
	}
}
