package fees

import (
	"maps"
	"slices"
	"strconv"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// SumsSchema is the version of the form in which sums travel.
const SumsSchema = "overseas/sums/1"

// maxRows bounds the counts that are read, so that no sum of counts wraps.
const maxRows = 1_000_000_000_000_000

// MarshalJSON writes the sums, the same bytes for the same sums:
//
//	{"schema": "overseas/sums/1", "fingerprint": "…", "currency": "EUR", "good": 2, "bad": 1, "estimated": 0, "reasons": {"csv_syntax": 1},
//	 "groups": [{"key": ["DE"], "rows": 2, "total": "12.50", "families": {"handling": "12.50"}, "native": {"EUR": "12.50"}}]}
func (s Sums) MarshalJSON() ([]byte, error) {
	w := &jsonWriter{}
	number := func(name string, n int64) {
		w.name(name)
		w.b = strconv.AppendInt(w.b, n, 10)
	}
	texts := func(name string, m map[string]string) {
		w.name(name)
		w.open()
		for _, k := range slices.Sorted(maps.Keys(m)) {
			w.name(k)
			w.string(m[k])
		}
		w.shut()
	}
	w.open()
	w.text("schema", SumsSchema)
	w.text("fingerprint", s.fingerprint)
	w.text("currency", s.currency.String())
	number("good", s.good)
	number("bad", s.bad)
	number("estimated", s.estimated)
	w.name("reasons")
	w.open()
	for code, n := range s.Reasons() {
		number(string(code), n)
	}
	w.shut()
	groups := slices.Collect(s.Groups())
	list(w, "groups", groups, func(g *GroupSum) {
		w.name("key")
		w.b = append(w.b, '[')
		for _, k := range g.Key {
			w.comma()
			w.string(k)
		}
		w.b = append(w.b, ']')
		number("rows", g.Rows)
		w.text("total", g.Total)
		texts("families", g.Families)
		texts("native", g.Native)
	})
	w.shut()
	return w.done()
}

// UnmarshalJSON reads what MarshalJSON writes and reports everything wrong with it, sums and counts that contradict each
// other included. Nothing is changed when it fails.
func (s *Sums) UnmarshalJSON(data []byte) error {
	var list problem.List
	v, ok := strict.Parse(data, documentLimits, &list)
	if !ok {
		return list.Err()
	}
	p := &sumsParser{eventParser{list: &list}}
	read := p.sums(v)
	if err := list.Err(); err != nil {
		return err
	}
	*s = read
	return nil
}

// MarshalText is MarshalJSON, for encoders of text.
func (s Sums) MarshalText() ([]byte, error) { return s.MarshalJSON() }

// UnmarshalText is UnmarshalJSON.
func (s *Sums) UnmarshalText(text []byte) error { return s.UnmarshalJSON(text) }

// MarshalBinary is MarshalJSON, for encoders of bytes: a shuffle that looks at exported fields alone would lose the sums.
func (s Sums) MarshalBinary() ([]byte, error) { return s.MarshalJSON() }

// UnmarshalBinary is UnmarshalJSON.
func (s *Sums) UnmarshalBinary(data []byte) error { return s.UnmarshalJSON(data) }

type sumsParser struct{ eventParser }

func (p *sumsParser) sums(v strict.Value) (s Sums) {
	o, ok := v.Object("schema", "fingerprint", "currency", "good", "bad", "estimated", "reasons", "groups")
	if !ok || !p.schema(o, SumsSchema) {
		return s
	}
	s.fingerprint = p.text(o, "fingerprint")
	if _, ok := o.Get("currency"); ok {
		s.currency = p.currency(o, "currency")
	}
	s.good, s.bad, s.estimated = p.rowsIn(o, "good"), p.rowsIn(o, "bad"), p.rowsIn(o, "estimated")
	var bad, good int64
	if reasons, ok := o.Need("reasons"); ok {
		for _, field := range reasons.Members() {
			name, v := field.Name, field.Value
			n := p.rowCount(v)
			if s.reasons == nil {
				s.reasons = map[Code]int64{}
			}
			s.reasons[Code(name)] = n
			if bad += n; bad > s.bad {
				break
			}
		}
		p.agree(reasons, bad, s.bad)
	}
	groups, ok := o.Need("groups")
	if !ok || !p.within(groups, "groups", MaxGroups) {
		return s
	}
	for _, v := range groups.Elements() {
		g := p.group(v)
		if s.groups == nil {
			s.groups = map[string]*group{}
		}
		key := string(appendKey(nil, g.key))
		if s.groups[key] != nil {
			v.Problem(problem.New(problem.Duplicate, key))
		}
		s.groups[key] = g
		if good += g.rows; good > s.good {
			break
		}
	}
	p.agree(groups, good, s.good)
	return s
}

// agree refuses counts that do not add up.
func (p *sumsParser) agree(v strict.Value, parts, whole int64) {
	if parts != whole {
		v.Problem(problem.New(problem.CountMismatch, strconv.FormatInt(parts, 10), strconv.FormatInt(whole, 10)))
	}
}

func (p *sumsParser) rowsIn(o strict.Object, name string) int64 {
	v, ok := o.Need(name)
	if !ok {
		return 0
	}
	return p.rowCount(v)
}

func (p *sumsParser) rowCount(v strict.Value) int64 {
	n := p.whole(v, 0)
	if n > maxRows {
		v.Problem(problem.New(problem.NumberRange, strconv.FormatInt(n, 10), strconv.FormatInt(maxRows, 10)))
		return 0
	}
	return n
}

func (p *sumsParser) group(v strict.Value) *group {
	g := &group{}
	o, ok := v.Object("key", "rows", "total", "families", "native")
	if !ok {
		return g
	}
	if key, ok := o.Need("key"); ok {
		for _, e := range key.Elements() {
			text, _ := e.Text()
			g.key = append(g.key, text)
		}
	}
	g.rows = p.rowsIn(o, "rows")
	if total, ok := o.Need("total"); ok {
		g.total = p.exact(total)
		var sum exact
		fits := true
		if families, ok := o.Need("families"); ok {
			for _, field := range families.Members() {
				name, v := field.Name, field.Value
				f, known := ratecard.ParseFamily(name)
				if !known {
					v.Problem(problem.New(problem.UnknownValue, name))
					continue
				}
				g.family[f] = p.exact(v)
				fits = sum.join(g.family[f]) && fits
			}
		}
		if sum.set = g.total.set; !fits || sum != g.total {
			total.Problem(problem.New(problem.SumMismatch, g.total.text(0), sum.text(0)))
		}
	}
	if in, ok := o.Need("native"); ok {
		for _, field := range in.Members() {
			name, v := field.Name, field.Value
			c, err := country.ParseCurrencyOn(name, longAgo)
			v.Report(err)
			*g.in(c) = p.exact(v)
		}
	}
	return g
}

func (p *sumsParser) exact(v strict.Value) exact {
	text, ok := v.Text()
	if !ok {
		return exact{}
	}
	e, ok := exactOf(text)
	if !ok {
		v.Problem(problem.New(problem.NumberSyntax, text, "12.50"))
	}
	return e
}

// appendKey appends the key of a group: each text with its length in front, so that no two lists have one key.
func appendKey(b []byte, texts []string) []byte {
	for _, t := range texts {
		b = strconv.AppendInt(b, int64(len(t)), 10)
		b = append(b, ':')
		b = append(b, t...)
	}
	return b
}
