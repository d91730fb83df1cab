package fees

import (
	"maps"
	"slices"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// shardEvent is an event that the rows of a file fill, one after the other.
type shardEvent struct {
	event  Event
	fields map[string]any    // by path: pointers to what a column may fill
	facts  map[string]*Facts // by the path in front of their names
	attach []attachment
}

// label is a text that no card prices by: it is checked and not kept.
type label struct{}

// attachment gives a list inside a row its one element, when a field of it is filled.
type attachment struct {
	prefix string
	do     func()
}

// stock is a number of units that may be none.
type stock struct{ units *int64 }

// currencyOf is the currency of the amounts of another field.
type currencyOf struct{ amount *money.Money }

// newShardEvent is an event of its own like the one given, which has at most one carton, parcel, lot, line or goods.
func newShardEvent(e Event) (*shardEvent, *problem.Problem) {
	s := &shardEvent{fields: map[string]any{}, facts: map[string]*Facts{}}
	ok := true
	switch e := e.(type) {
	case *Consignment:
		own := *e
		s.event = &own
		s.head(&own.Date, &own.Warehouse, &own.Account)
		s.fields["origin"], s.fields["destination"], s.fields["postal_code"] = &own.Origin, &own.Destination, &own.PostalCode
		s.answers("facts", &own.Facts)
		ok = s.cartons(&own.Cartons)
	case *Receipt:
		own := *e
		s.event = &own
		s.head(&own.Date, &own.Warehouse, &own.Account)
		s.fields["country"] = &own.Country
		s.answers("facts", &own.Facts)
		ok = s.cartons(&own.Cartons)
	case *Stay:
		own := *e
		s.event = &own
		s.head(nil, &own.Warehouse, &own.Account)
		s.fields["from"], s.fields["to"], s.fields["country"] = &own.From, &own.To, &own.Country
		s.answers("facts", &own.Facts)
		ok = s.lots(&own.Lots)
	case *Order:
		own := *e
		s.event = &own
		s.head(&own.Date, &own.Warehouse, &own.Account)
		s.fields["country"], s.fields["postal_code"] = &own.Country, &own.PostalCode
		s.answers("facts", &own.Facts)
		ok = s.parcels(&own.Parcels)
	case *Return:
		own := *e
		s.event = &own
		s.head(&own.Date, &own.Warehouse, &own.Account)
		s.fields["country"], s.fields["postal_code"] = &own.Country, &own.PostalCode
		s.answers("facts", &own.Facts)
		ok = s.parcels(&own.Parcels)
	case *Removal:
		own := *e
		s.event = &own
		s.head(&own.Date, &own.Warehouse, &own.Account)
		s.fields["country"] = &own.Country
		s.answers("facts", &own.Facts)
		if ok = s.goods("goods", &own.Goods); ok {
			s.attached("goods.")
		}
	case *Entry:
		own := *e
		s.event = &own
		s.head(&own.Date, nil, nil)
		s.fields["destination"] = &own.Destination
		s.answers("facts", &own.Facts)
		ok = s.lines(&own.Lines)
	default:
		p := problem.New(problem.UnknownValue, "event", eventNames[:7]...)
		return nil, &p
	}
	if !ok {
		p := tooMany(2, 1, "cartons, parcels, lots, lines, goods")
		return nil, &p
	}
	return s, nil
}

func (s *shardEvent) head(date *country.Date, warehouse, account *string) {
	s.fields["reference"] = label{}
	if date != nil {
		s.fields["date"] = date
	}
	if warehouse != nil {
		s.fields["warehouse"], s.fields["account"] = warehouse, account
	}
}

func (s *shardEvent) answers(path string, f *Facts) {
	*f = maps.Clone(*f)
	s.facts[path+"."] = f
}

// one is the only element of the event's list: what a row of the file is about.
func one[T any](list *[]T) (*T, bool) {
	if len(*list) > 1 {
		return nil, false
	}
	own := make([]T, 1)
	copy(own, *list)
	*list = own
	return &own[0], true
}

// inside is the only element of a list inside a row. A list without one gets it when a field of it is filled.
func inside[T any](s *shardEvent, path string, list *[]T) (*T, bool) {
	had := len(*list) == 1
	x, ok := one(list)
	if ok && !had {
		own := *list
		*list = nil
		s.attach = append(s.attach, attachment{path + ".", func() { *list = own }})
	}
	return x, ok
}

func (s *shardEvent) measures(path string, w *unit.Weight, size *unit.Size, v *unit.Volume, m *money.Money, f *Facts) {
	for name, field := range map[string]any{"weight": w, "size": size, "size.length": &size.L, "size.width": &size.W, "size.height": &size.H, "volume": v} {
		s.fields[path+"."+name] = field
	}
	s.amount(path+".value", m)
	s.answers(path+".facts", f)
}

func (s *shardEvent) amount(path string, m *money.Money) {
	s.fields[path], s.fields[path+".currency"] = m, currencyOf{m}
}

func (s *shardEvent) cartons(list *[]Carton) bool {
	c, ok := one(list)
	if !ok {
		return false
	}
	s.fields["cartons.count"] = &c.Count
	s.measures("cartons", &c.Weight, &c.Size, &c.Volume, &c.Value, &c.Facts)
	return s.goods("cartons.goods", &c.Goods)
}

func (s *shardEvent) parcels(list *[]Parcel) bool {
	p, ok := one(list)
	if !ok {
		return false
	}
	s.fields["parcels.count"], s.fields["parcels.units"] = &p.Count, &p.Units
	s.measures("parcels", &p.Weight, &p.Size, &p.Volume, &p.Value, &p.Facts)
	return s.goods("parcels.goods", &p.Goods)
}

func (s *shardEvent) goods(path string, list *[]Goods) bool {
	g, ok := inside(s, path, list)
	if !ok {
		return false
	}
	s.fields[path+".sku"], s.fields[path+".units"] = label{}, &g.Units
	s.measures(path, &g.Weight, &g.Size, &g.Volume, &g.Value, &g.Facts)
	return true
}

func (s *shardEvent) lots(list *[]Lot) bool {
	l, ok := one(list)
	if !ok {
		return false
	}
	s.fields["lots.sku"], s.fields["lots.batch"], s.fields["lots.units"] = label{}, label{}, stock{&l.Units}
	s.fields["lots.arrived"], s.fields["lots.from"], s.fields["lots.to"] = &l.Arrived, &l.From, &l.To
	s.measures("lots", &l.Weight, &l.Size, &l.Volume, &l.Value, &l.Facts)
	return true
}

func (s *shardEvent) lines(list *[]EntryLine) bool {
	l, ok := one(list)
	if !ok {
		return false
	}
	s.fields["lines.sku"], s.fields["lines.hs"] = label{}, label{}
	s.fields["lines.units"], s.fields["lines.weight"] = &l.Units, &l.Weight
	for kind, name := range lineMoney {
		s.amount("lines."+name, l.sum(engine.MoneyKind(kind)))
	}
	if len(l.Duties) > 1 || len(l.Options) > 0 {
		l.Duties = slices.Clone(l.Duties)
		return true // the duties are the caller's
	}
	d, _ := inside(s, "lines.duties", &l.Duties)
	s.fields["lines.duties.code"], s.fields["lines.duties.rate"] = &d.Code, &d.Rate
	return true
}

// field is what a column may fill by its path; a fact is a name among Facts.
func (s *shardEvent) field(path string) (target any, ok bool) {
	for prefix, f := range s.facts {
		if name, ok := strings.CutPrefix(path, prefix); ok && name != "" {
			s.attached(path)
			return fact{f, name}, true
		}
	}
	if target, ok = s.fields[path]; ok {
		s.attached(path)
	}
	return target, ok
}

// fact is an answer by its name.
type fact struct {
	in   *Facts
	name string
}

func (s *shardEvent) attached(path string) {
	for _, a := range s.attach {
		if strings.HasPrefix(path, a.prefix) {
			a.do()
		}
	}
}

// paths are the paths of the fields, but for facts.
func (s *shardEvent) paths() []string { return slices.Sorted(maps.Keys(s.fields)) }
