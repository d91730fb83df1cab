package fees

import (
	"encoding/hex"
	"io"
	"iter"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/engine"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// Card is one provider's price list, checked and immutable.
type Card struct {
	p       *engine.Program
	customs border // of a generated customs card, of which p is a sample
}

// ParseCard reads a card. The error is [Problems]: everything wrong with the document, each with path, line and column.
func ParseCard(r io.Reader) (*Card, error) {
	c, err := ratecard.Read(r)
	if err != nil {
		return nil, err
	}
	var into problem.List
	p := engine.Compile(c, &into)
	if err := into.Err(); err != nil {
		return nil, err
	}
	return &Card{p: p}, nil
}

// ID is the card's identifier, the same for all editions of a list.
func (c *Card) ID() string { return c.get().ID }

// Edition names the edition of the list; "" where it has none.
func (c *Card) Edition() string { return c.get().Edition }

// Title is what the list calls itself.
func (c *Card) Title() string { return c.get().Title }

// Provider is who publishes the list.
func (c *Card) Provider() string { return c.get().Provider }

// Currency is that of every price on the card.
func (c *Card) Currency() country.Currency { return c.get().Currency }

// Effective is the period for which the card's prices hold, both days included; a zero day is open or not published.
func (c *Card) Effective() (from, to country.Date) {
	p := c.get().Effective
	return p.From, p.To
}

// Seen is the day on which an undated list was read; zero for a list that says when it begins.
func (c *Card) Seen() country.Date { return c.get().Seen }

// Digest is the SHA-256 of the card's document in hexadecimal.
func (c *Card) Digest() string {
	return digestOf(c.get())
}

func digestOf(c *ratecard.Card) string { return hex.EncodeToString(c.Digest[:]) }

// Sources says where the list was published.
func (c *Card) Sources() iter.Seq[Source] {
	return func(yield func(Source) bool) {
		for _, s := range c.get().Sources {
			if !yield(Source{s.URL, s.Note, s.Seen}) {
				return
			}
		}
	}
}

// Source says where something was published and when it was read.
type Source struct {
	URL, Note string
	Seen      country.Date
}

// Charges lists the charges of the card in its order.
func (c *Card) Charges() iter.Seq[Charge] {
	return func(yield func(Charge) bool) {
		for i := range c.get().Charges {
			if !yield(Charge{&c.get().Charges[i]}) {
				return
			}
		}
	}
}

// Charge is one priced line of a card.
type Charge struct{ c *ratecard.Charge }

// Code is the charge's code, unique on its card.
func (c Charge) Code() string { return c.get().Code }

// Text is what the list calls the charge; "" where the card does not say.
func (c Charge) Text() string { return c.get().Text }

// On is the kind of event for which it is charged.
func (c Charge) On() Kind { return c.get().On }

// Families are what the charge is for; the first carries the amount.
func (c Charge) Families() []Family { return append([]Family(nil), c.get().Families...) }

// Counts reports whether the charge, where it is a minimum bill, counts a line of what was billed.
func (c Charge) Counts(l Line) bool {
	t := c.get().TopUp
	return t != nil && l.lineInfo != nil && t.Counts(l.Code(), l.families)
}

func (c Charge) get() *ratecard.Charge {
	if c.c == nil {
		return &ratecard.Charge{}
	}
	return c.c
}

// Needs lists what the card asks the caller for when it prices an event of the kind.
func (c *Card) Needs(k Kind) iter.Seq[Input] {
	return func(yield func(Input) bool) {
		if c == nil || c.p == nil {
			return
		}
		if c.customs != nil {
			if k == OnImport {
				for _, in := range c.customs.needs() {
					if !yield(in) {
						return
					}
				}
			}
			return
		}
		for _, in := range c.p.Inputs(k) {
			if !yield(Input{Name: in.Name, Type: in.Kind.String(), Values: append([]string(nil), in.Values...), Default: in.Default, Text: in.Text}) {
				return
			}
		}
	}
}

// Input is something that a card asks for.
type Input struct {
	Name    string
	Type    string   // "choice", "count", "decimal" or "money"
	Values  []string // of a choice
	Default string   // "" when an answer is required
	Text    string   // the question, for people
}

// Lint lists what is legal on the card but odd: prices that fall as weight rises, brackets that nothing reaches.
func (c *Card) Lint() Problems { return ratecard.Lint(c.get()) }

func (c *Card) get() *ratecard.Card {
	if c == nil || c.p == nil {
		return &ratecard.Card{}
	}
	return c.p.Card
}
