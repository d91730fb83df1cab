package fees

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/layout"
	"github.com/overseaswarehouse/overseas/internal/proof"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
	"github.com/overseaswarehouse/overseas/internal/units"
)

func itoa(n int) string { return strconv.Itoa(n) }

const (
	times  = " × "
	equals = " = "
	then   = " → "
)

// subs writes what a text left to lines of their own, each step once a line of the quote.
func (x *explainer) subs(depth int, list []*engine.Step) {
	for _, s := range list {
		if s.Form == 0 { // a text of its own
			x.line(depth, s.Written)
			continue
		}
		if !x.isRow(s) {
			key := shownStep{s.Place, "", ""}
			if s.Name != "" { // a step in another unit is the same to a reader
				key.at, key.name, key.value = s.Place.Where(), s.Name, x.value(s)
			}
			if x.shown[key] {
				continue
			}
			x.shown[key] = true
		}
		name := x.label(s)
		text, more := x.derive(s)
		if name != "" {
			text = x.colon(name, text)
		}
		x.line(depth, text)
		x.subs(depth+1, more)
	}
}

// label is the name of a step on a line of its own.
func (x *explainer) label(s *engine.Step) string {
	switch {
	case s.Form == engine.FormPrice:
		return x.say(phPriceOf)
	case x.isRow(s):
		return "" // derive says which
	}
	return called(x.l, s.Name)
}

// isRow reports whether a step is one row of a sum, not the sum.
func (x *explainer) isRow(s *engine.Step) bool {
	return (s.Form == engine.FormSumRows || s.Form == engine.FormSumItems) && len(s.Args) == 1 && s.Args[0].Place == s.Place
}

// level is the word for the part of the event that a level is.
func (x *explainer) level(l ratecard.Level) string { return called(x.l, l.Word(x.kind)) }

// row is the name of one row of a sum.
func (x *explainer) row(s *engine.Step) string {
	word := x.level(ratecard.LevelItem)
	if s.Form == engine.FormSumRows {
		word = x.level(ratecard.LevelPiece)
		switch x.kind {
		case OnStore, OnImport:
			word = x.level(ratecard.LevelLine)
		}
	}
	return word + " " + itoa(s.Row+1)
}

// inline is a step within the text of another: its name and value, with how it came about left to a line of its own.
func (x *explainer) inline(s *engine.Step) (string, []*engine.Step) {
	named := func(v string) string {
		if s.Name == "" {
			return v
		}
		return called(x.l, s.Name) + " " + v
	}
	switch s.Form {
	case engine.FormGiven:
		if text, same := x.asWritten(s); same {
			return named(text), nil
		}
		return named(x.value(s)), []*engine.Step{s}
	case engine.FormNotGiven:
		return x.say(phNotGiven, "name", called(x.l, s.Name)), nil
	case engine.FormFixed:
		if s.Dim == units.Money && s.Name == "" {
			return x.flat(x.value(s)), nil
		}
		return x.value(s), nil
	case engine.FormNothing:
		return x.value(s), nil
	case engine.FormCharge:
		return s.Name + " " + x.value(s), nil
	case engine.FormDuties:
		return x.value(s), []*engine.Step{s}
	case engine.FormPrice:
		if len(s.Axes) > 0 {
			return x.price(s), []*engine.Step{s}
		}
		return x.price(s), nil
	case engine.FormOverTime:
		if s.Dim == units.Money && s.Price != nil && s.Price.Per != "" && len(s.Args) == 0 && len(s.Spans) > 0 && s.Spans[0].Quantity == nil {
			return x.say(phPer, "price", x.value(s), "unit", x.perUnit(s.Price)), []*engine.Step{s}
		}
	case engine.FormRatio, engine.FormScaled:
		if s.Name == "" {
			return x.derive(s)
		}
	}
	return named(x.value(s)), []*engine.Step{s}
}

// asWritten is what the event says, and whether that is in the unit of the step.
func (x *explainer) asWritten(s *engine.Step) (string, bool) {
	if s.Written == "" {
		return x.value(s), true
	}
	number, unit, ok := strings.Cut(s.Written, " ")
	if !ok || unit != s.Unit.String() {
		return x.numbers(s.Written), false
	}
	return layout.Number(x.l, number) + " " + x.unitName(s.Unit), true
}

// numbers lays out the numbers of a text that the library wrote, such as "40.5 cm x 30 cm" or "1 EUR = 1.0835 USD".
func (x *explainer) numbers(text string) string {
	words := strings.Split(text, " ")
	for i, w := range words {
		if w != "" && strings.Trim(w, "0123456789.") == "" && w[0] != '.' {
			words[i] = layout.Number(x.l, w)
		}
	}
	return strings.Join(words, " ")
}

// derive says how a step came about, ending with its value, and lists the steps that need lines of their own.
func (x *explainer) derive(s *engine.Step) (string, []*engine.Step) {
	is := func(text string) string { return text + equals + x.value(s) }
	// after is what a step does to the value before it
	after := func(what string) (string, []*engine.Step) {
		text, subs := x.chain(s.Args[0])
		return text + x.say(phSemicolon) + what + then + x.value(s), subs
	}
	switch s.Form {
	case engine.FormGiven:
		if text, same := x.asWritten(s); !same {
			return is(text), nil
		}
		return x.inline(s)
	case engine.FormNotGiven, engine.FormFixed, engine.FormCharge:
		return x.inline(s)
	case engine.FormNothing:
		return x.say(phNothing), nil
	case engine.FormSum:
		text, subs := x.list(given(s.Args), " + ")
		return is(text), subs
	case engine.FormSumRows, engine.FormSumItems:
		return x.sum(s)
	case engine.FormTimes:
		count := times + x.number(new(big.Rat).SetInt64(s.Count)) + " " + x.counted(s)
		text, subs := x.inline(s.Args[0])
		if x.chained(s.Args[0]) {
			text, subs = x.derive(s.Args[0])
			return text + x.say(phSemicolon) + strings.TrimSpace(count) + then + x.value(s), subs
		}
		return is(text + count), subs
	case engine.FormProduct:
		text, subs := x.list(s.Args, times)
		return is(text), subs
	case engine.FormScaled:
		text, subs := x.inline(s.Args[0])
		return is(text + times + x.factor(s.Factor)), subs
	case engine.FormRatio:
		text, subs := x.inline(s.Args[0])
		by := layout.Number(x.l, s.Term.By.Value.String())
		if s.Term.By.Num != units.NoUnit {
			by += " " + s.Term.By.Num.String() + "/" + s.Term.By.Den.String()
		}
		if s.Term.Op == ratecard.Over_ {
			return is(text + " ÷ " + by), subs
		}
		return is(text + times + by), subs
	case engine.FormGreatest:
		return x.greatest(s)
	case engine.FormLess:
		if len(s.Args) > 1 {
			text, subs := x.list(s.Args, " - ")
			return is(text), subs
		}
		return after(x.say(phLess, "at", x.quantity(s.At)))
	case engine.FormRaised:
		return after(x.say(phRaised, "at", x.threshold(s)))
	case engine.FormLowered:
		return after(x.say(phLowered, "at", x.threshold(s)))
	case engine.FormStepped:
		return after(x.stepped(s))
	case engine.FormRounded:
		if s.Value.Cmp(s.Args[0].Value) == 0 && s.Unit == s.Args[0].Unit {
			return x.chain(s.Args[0])
		}
		to := x.value(&engine.Step{Value: s.To, Unit: s.Unit, Dim: s.Dim})
		if s.At.Set {
			to = x.quantity(s.At)
		}
		return after(x.say(phRounded, "mode", in(proof.ModeTexts(s.Mode), x.l), "at", to))
	case engine.FormExcess:
		return x.excess(s)
	case engine.FormPrice:
		return x.found(s)
	case engine.FormBands:
		return x.bands(s)
	case engine.FormNext:
		return x.next(s)
	case engine.FormOverTime:
		return x.overTime(s)
	case engine.FormDuties:
		return x.duties(s)
	case engine.FormTopUp:
		return is(x.say(phTopUp, "to", x.money(s.Limit), "billed", x.money(s.Args[0].Value))), nil
	}
	return x.value(s), nil
}

// greatest is the greatest of what is given; what is not is said.
func (x *explainer) greatest(s *engine.Step) (string, []*engine.Step) {
	var some []*engine.Step
	var missing string
	for _, a := range s.Args {
		leaf := a
		for len(leaf.Args) == 1 {
			leaf = leaf.Args[0]
		}
		if leaf.Form == engine.FormNotGiven {
			text, _ := x.inline(leaf)
			missing += x.say(phSemicolon) + text
			continue
		}
		some = append(some, a)
	}
	switch len(some) {
	case 0:
		return strings.TrimPrefix(missing, x.say(phSemicolon)) + equals + x.value(s), nil
	case 1:
		text, subs := x.chain(some[0])
		return text + missing, subs
	}
	text, subs := x.list(some, in(phrases[phAnd], x.l))
	return x.say(phGreatest, "list", text) + then + x.value(s) + missing, subs
}

// given leaves sums of money that an event does not have out of a sum that has others.
func given(args []*engine.Step) []*engine.Step {
	var some []*engine.Step
	for _, a := range args {
		if a.Form != engine.FormGiven && a.Form != engine.FormCharge || a.Dim != units.Money || a.Value.Sign() != 0 {
			some = append(some, a)
		}
	}
	if len(some) == 0 {
		return args[:1]
	}
	return some
}

// chained reports whether a step shows as the end of a chain of what was done to a value.
func (x *explainer) chained(s *engine.Step) bool {
	if s.Name != "" {
		return false
	}
	switch s.Form {
	case engine.FormLess:
		return len(s.Args) == 1
	case engine.FormGreatest, engine.FormExcess, engine.FormRaised, engine.FormLowered, engine.FormStepped, engine.FormRounded, engine.FormTimes, engine.FormProduct,
		engine.FormBands, engine.FormNext, engine.FormOverTime:
		return true
	}
	return false
}

// chain is the text before "; what was done next": a leaf as it stands, anything else derived.
func (x *explainer) chain(s *engine.Step) (string, []*engine.Step) {
	switch s.Form {
	case engine.FormGiven:
		return x.inline(s)
	case engine.FormPrice:
		return x.inline(s)
	}
	return x.derive(s)
}

// list joins steps within a text.
func (x *explainer) list(args []*engine.Step, by string) (string, []*engine.Step) {
	var parts []string
	var subs []*engine.Step
	for _, a := range args {
		text, more := x.inline(a)
		parts = append(parts, text)
		subs = append(subs, more...)
	}
	return strings.Join(parts, by), subs
}

// sum is a sum over rows, or one row of it.
func (x *explainer) sum(s *engine.Step) (string, []*engine.Step) {
	if x.isRow(s) {
		text, subs := x.chain(s.Args[0])
		return x.colon(x.row(s), text), subs
	}
	var parts []string
	var subs []*engine.Step
	for i, a := range s.Args {
		text := x.value(a)
		if s.Rest > 0 && i == len(s.Args)-1 {
			text += x.aside(x.say(phRows, "n", x.number(new(big.Rat).SetInt64(int64(s.Rest)))))
		} else {
			subs = append(subs, a)
		}
		parts = append(parts, text)
	}
	if len(parts) == 1 {
		return parts[0], subs
	}
	return strings.Join(parts, " + ") + equals + x.value(s), subs
}

func (x *explainer) threshold(s *engine.Step) string {
	if s.At.Set {
		return x.quantity(s.At)
	}
	if s.Dim == units.Money {
		return x.money(s.Limit)
	}
	return x.value(s)
}

func (x *explainer) stepped(s *engine.Step) string {
	at := s.At
	if !at.Set {
		at.Value.Coef = 1
	}
	if s.Price != nil {
		return x.say(phStarted, "at", x.quantity(at))
	}
	text := x.say(phStepped, "at", x.quantity(at))
	if s.Slack.Set && s.Slack.Value.Coef != 0 {
		text += x.say(phComma) + x.say(phSlack, "at", x.quantity(s.Slack))
	}
	return text
}

func (x *explainer) factor(f *big.Rat) string {
	switch text := plain(f); {
	case strings.HasSuffix(text, "…"):
		return f.RatString()
	case f.Cmp(big.NewRat(1, 1)) < 0:
		return x.percent(f)
	default:
		return layout.Number(x.l, text)
	}
}

func (x *explainer) excess(s *engine.Step) (string, []*engine.Step) {
	text, subs := x.chain(s.Args[0])
	more := s.Args[1]
	if more.Form == engine.FormNothing || more.Value.Sign() == 0 {
		return text, subs
	}
	for len(more.Args) == 1 {
		more = more.Args[0]
	}
	other := more
	if len(more.Args) > 0 {
		other = more.Args[0]
	}
	name, further := x.inline(other)
	return text + x.say(phSemicolon) + x.say(phExcess, "share", x.percent(s.Share), "other", name) + then + x.value(s), append(subs, further...)
}

// duties are the caller's duty lines on a customs value: each as the tariff says it, and what it comes to where it is more
// than a rate.
func (x *explainer) duties(s *engine.Step) (string, []*engine.Step) {
	base, subs := x.inline(s.Args[0])
	var rates []string
	sum := new(big.Rat)
	for i := range s.Duties {
		d := &s.Duties[i]
		if d.Least != nil || d.Most != nil || d.Part.Amount.Coef != 0 {
			return x.bounded(s, base, subs)
		}
		rate := ratOf(decimalNumber{d.Part.Percent.Coef, d.Part.Percent.Scale})
		sum.Add(sum, rate)
		rates = append(rates, safe(d.Code)+" "+x.percent(rate))
	}
	switch len(rates) {
	case 0:
		return x.value(s), nil
	case 1:
		return base + times + rates[0] + equals + x.value(s), subs
	}
	return base + times + "(" + strings.Join(rates, " + ") + equals + x.percent(sum) + ")" + equals + x.value(s), subs
}

// bounded are duties with amounts by quantity or bounds.
func (x *explainer) bounded(s *engine.Step, base string, subs []*engine.Step) (string, []*engine.Step) {
	part := func(p engine.DutyPart) (string, *big.Rat) {
		rate, amount := ratOf(decimalNumber{p.Percent.Coef, p.Percent.Scale}), ratOf(decimalNumber{p.Amount.Coef, p.Amount.Scale})
		value := new(big.Rat).Mul(rate, s.Args[0].Value)
		text := ""
		if rate.Sign() != 0 {
			text = base + times + x.percent(rate)
		}
		if amount.Sign() != 0 || text == "" {
			if text != "" {
				text += " + "
			}
			text += x.money(amount)
		}
		return text, value.Add(value, amount)
	}
	var parts []string
	for i := range s.Duties {
		d := &s.Duties[i]
		text, value := part(d.Part)
		text = x.colon(safe(d.Code)+x.aside(safe(d.Text)), text)
		if d.Least != nil {
			what, least := part(*d.Least)
			if value.Cmp(least) < 0 {
				value = least
				text += x.say(phSemicolon) + x.say(phRaised, "at", what) + then + x.money(value)
			}
		}
		if d.Most != nil {
			what, most := part(*d.Most)
			if value.Cmp(most) > 0 {
				value = most
				text += x.say(phSemicolon) + x.say(phLowered, "at", what) + then + x.money(value)
			}
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, x.say(phSemicolon)) + equals + x.value(s), subs
}
