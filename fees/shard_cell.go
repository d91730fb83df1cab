package fees

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/fees/unit"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// setter puts a cell into a field. An empty cell leaves what the layout's event says.
type setter func(cell []byte) error

// cells makes setters; what they remember of earlier rows is bounded.
type cells struct {
	texts     map[string]string
	countries map[string]country.Code
	amounts   map[string]money.Money        // one of each currency, by its code
	currency  map[*money.Money]*money.Money // that a column of currencies holds, by the amount it is for
	same      map[sameColumn]any
}

// sameColumn is a column that is read as quantities of one dimension, of which bare numbers are in one unit.
type sameColumn struct {
	column int
	unit   unit.Unit
	dim    units.Dim
}

// remembered is how many texts and countries are kept, so that one that comes again costs no memory.
const remembered = 1 << 12

func newCells() *cells {
	return &cells{texts: map[string]string{}, countries: map[string]country.Code{}, amounts: map[string]money.Money{}, currency: map[*money.Money]*money.Money{}, same: map[sameColumn]any{}}
}

// setter is for a field and its column, of which bare numbers are in a unit or currency; "" where each cell says it. It is
// nil where that of an earlier field does the work.
func (c *cells) setter(column int, target any, in string) (setter, error) {
	switch t := target.(type) {
	case label:
		return func(cell []byte) error { return checkText(cell) }, nil
	case *string:
		base := *t
		return func(cell []byte) (err error) {
			if *t = base; len(cell) > 0 {
				*t, err = c.text(cell)
			}
			return err
		}, nil
	case fact:
		return c.fact(t), nil
	case *country.Date:
		base := *t
		return func(cell []byte) (err error) {
			if *t = base; len(cell) > 0 {
				*t, err = dateOf(cell)
			}
			return err
		}, nil
	case *country.Code:
		base := *t
		return func(cell []byte) (err error) {
			if *t = base; len(cell) > 0 {
				*t, err = c.country(cell)
			}
			return err
		}, nil
	case *int64:
		return count(t, 1), nil
	case stock:
		return count(t.units, 0), nil
	case *unit.Weight:
		return quantityIn(c, column, t, in, units.Weight, unit.WeightOf)
	case *unit.Length:
		return quantityIn(c, column, t, in, units.Length, unit.LengthOf)
	case *unit.Volume:
		return quantityIn(c, column, t, in, units.Volume, unit.VolumeOf)
	case *unit.Size:
		base := *t
		if in != "" {
			return nil, problem.New(problem.UnitMismatch, in, "40x30x20 cm")
		}
		return func(cell []byte) (err error) {
			if *t = base; len(cell) > 0 {
				*t, err = unit.ParseSize(string(cell[:min(len(cell), MaxEventText)]))
			}
			return err
		}, nil
	case *unit.Percent:
		return percentIn(t, in)
	case currencyOf:
		return c.currencies(t.amount, in)
	case *money.Money:
		return c.money(t, in)
	}
	return nil, problem.New(problem.UnknownField, in)
}

// text is a cell as a string, the same one for the same text.
func (c *cells) text(cell []byte) (string, error) {
	if s, ok := c.texts[string(cell)]; ok {
		return s, nil
	}
	if err := checkText(cell); err != nil {
		return "", err
	}
	s := string(cell)
	if strict.Blank(s) {
		return "", problem.New(problem.TextBlank, s)
	}
	if len(s) <= 64 {
		if len(c.texts) >= remembered {
			clear(c.texts)
		}
		c.texts[s] = s
	}
	return s, nil
}

// checkText refuses what no text of an event has: line breaks, characters that change the direction, too many characters.
func checkText(cell []byte) error {
	if len(cell) > MaxEventText && utf8.RuneCount(cell) > MaxEventText {
		return problem.New(problem.TextTooLong, string(cell[:256]), "1000")
	}
	for i, b := range cell {
		switch {
		case b < ' ':
			return problem.New(problem.ControlCharacter, string(cell[i:i+1]))
		case b == 0xe2:
			if r, _ := utf8.DecodeRune(cell[i:]); r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
				return problem.New(problem.BidiControl, string(r))
			}
		}
	}
	return nil
}

// fact answers with the text of the cell.
func (c *cells) fact(f fact) setter {
	base, given := (*f.in)[f.name]
	return func(cell []byte) error {
		if len(cell) == 0 {
			if given {
				(*f.in)[f.name] = base
			} else {
				delete(*f.in, f.name)
			}
			return nil
		}
		s, err := c.text(cell)
		if err != nil {
			return err
		}
		if *f.in == nil {
			*f.in = Facts{}
		}
		(*f.in)[f.name] = s
		return nil
	}
}

func (c *cells) country(cell []byte) (country.Code, error) {
	if code, ok := c.countries[string(cell)]; ok {
		return code, nil
	}
	code, err := country.Parse(string(cell[:min(len(cell), MaxEventText)]))
	if err == nil {
		if len(c.countries) >= remembered {
			clear(c.countries)
		}
		c.countries[string(cell)] = code
	}
	return code, err
}

func dateOf(cell []byte) (country.Date, error) {
	if len(cell) == 10 && cell[4] == '-' && cell[7] == '-' {
		var wrong byte
		two := func(i int) int {
			a, b := cell[i]-'0', cell[i+1]-'0'
			if a > 9 || b > 9 {
				wrong = 1
			}
			return int(a)*10 + int(b)
		}
		d := country.Date{Year: int16(two(0)*100 + two(2)), Month: uint8(two(5)), Day: uint8(two(8))}
		if wrong == 0 && d.IsValid() {
			return d, nil
		}
	}
	return country.ParseDate(string(cell[:min(len(cell), MaxEventText)]))
}

// count is for a whole number of at least so many.
func count(t *int64, least int64) setter {
	base := *t
	return func(cell []byte) (err error) {
		if *t = base; len(cell) > 0 {
			*t, err = countOf(cell, least)
		}
		return err
	}
}

func countOf(cell []byte, least int64) (int64, error) {
	d, code := fixed.ScanBytes(cell)
	switch d = d.Normalize(); {
	case code != "":
		return 0, number(code, cell)
	case d.Scale > 0:
		return 0, problem.New(problem.NotInteger, string(cell))
	case d.Coef < 0:
		return 0, problem.New(problem.Negative, string(cell))
	case d.Coef < least:
		return 0, problem.New(problem.ZeroNotAllowed, string(cell))
	}
	return d.Coef, nil
}

// quantities are what one column fills, so that a cell is read once for all of them.
type quantities[T any] struct {
	fields []*T
	bases  []T
}

func quantityIn[T interface{ Unit() unit.Unit }](c *cells, column int, t *T, in string, dim units.Dim, of func(int64, uint8, unit.Unit) (T, error)) (setter, error) {
	u, ok := units.Parse(in)
	if in != "" && (!ok || u.Dim() != dim) {
		return nil, problem.New(problem.UnitUnknown, in, units.Symbols(dim)...)
	}
	key := sameColumn{column, u, dim}
	if q, ok := c.same[key].(*quantities[T]); ok {
		q.fields, q.bases = append(q.fields, t), append(q.bases, *t)
		return nil, nil
	}
	q := &quantities[T]{[]*T{t}, []T{*t}}
	c.same[key] = q
	return func(cell []byte) error {
		if len(cell) == 0 {
			for i, t := range q.fields {
				*t = q.bases[i]
			}
			return nil
		}
		d, code := fixed.ScanBytes(cell)
		its := u
		if code != "" {
			text, symbol := cell, []byte(nil)
			if d, text, symbol, code = numberAndSymbol(cell); code != "" {
				return number(code, text)
			}
			if its, ok = units.Parse(string(symbol)); !ok || its.Dim() != dim {
				return problem.New(problem.UnitUnknown, string(symbol), units.Symbols(dim)...)
			}
		}
		if its == 0 {
			return problem.New(problem.UnitUnknown, string(cell), units.Symbols(dim)...)
		}
		x, err := of(d.Coef, d.Scale, its)
		for _, t := range q.fields {
			*t = x
		}
		return err
	}, nil
}

// numberAndSymbol reads a number with a symbol behind it. The text is what is wrong where there is a code.
func numberAndSymbol(cell []byte) (d fixed.Decimal, text, symbol []byte, code problem.Code) {
	if _, code = fixed.ScanBytes(cell); code != problem.NumberSyntax {
		return d, cell, nil, code
	}
	i := bytes.LastIndexByte(cell, ' ')
	if i >= 0 {
		text, symbol = cell[:i], cell[i+1:]
	} else {
		for i = 0; i < len(cell) && (cell[i]-'0' <= 9 || cell[i] == '.' || cell[i] == '-' || cell[i] == ',' || cell[i] == '+'); i++ {
		}
		text, symbol = cell[:i], cell[i:]
	}
	if len(symbol) == 0 || symbol[0]-'0' <= 9 || len(symbol) > 16 {
		return d, cell, nil, code
	}
	d, code = fixed.ScanBytes(text)
	return d, cell, symbol, code
}

func percentIn(t *unit.Percent, in string) (setter, error) {
	if in != "" && in != "%" {
		return nil, problem.New(problem.UnitUnknown, in, "%")
	}
	base := *t
	return func(cell []byte) (err error) {
		if *t = base; len(cell) == 0 {
			return nil
		}
		text := cell
		if cell[len(cell)-1] == '%' {
			text = bytes.TrimSuffix(cell[:len(cell)-1], []byte{' '})
		} else if in == "" {
			return problem.New(problem.Malformed, string(cell), "7.7%")
		}
		d, code := fixed.ScanBytes(text)
		if code != "" {
			return number(code, cell)
		}
		if d.Coef < 0 {
			return problem.New(problem.Negative, string(cell))
		}
		*t, err = unit.PercentOf(d.Coef, d.Scale)
		return err
	}, nil
}

// amount is an amount in a currency, to take others from.
func (c *cells) amount(code []byte) (money.Money, error) {
	if m, ok := c.amounts[string(code)]; ok {
		return m, nil
	}
	cur, err := country.ParseCurrencyOn(string(code[:min(len(code), 64)]), longAgo)
	if err != nil {
		return money.Money{}, err
	}
	m, err := money.Of(0, 0, cur)
	if err == nil {
		c.amounts[string(code)] = m
	}
	return m, err
}

// currencies is for a column of the currencies of an amount, which has been read when the amount is.
func (c *cells) currencies(of *money.Money, in string) (setter, error) {
	if in != "" {
		return nil, problem.New(problem.UnitMismatch, in, "EUR")
	}
	its := new(money.Money)
	c.currency[of] = its
	return func(cell []byte) (err error) {
		if *its = (money.Money{}); len(cell) > 0 {
			*its, err = c.amount(cell)
		}
		return err
	}, nil
}

func (c *cells) money(t *money.Money, in string) (setter, error) {
	var declared money.Money
	if in != "" {
		var err error
		if declared, err = c.amount([]byte(in)); err != nil {
			return nil, err
		}
	}
	column := c.currency[t]
	if column == nil {
		column = &declared
	} else if in != "" {
		return nil, problem.New(problem.FieldsExclude, in, "currency")
	}
	base := *t
	return func(cell []byte) (err error) {
		if *t = base; len(cell) == 0 {
			return nil
		}
		its := *column
		d, code := fixed.ScanBytes(cell)
		if code != "" {
			var text, symbol []byte
			if d, text, symbol, code = numberAndSymbol(cell); code != "" {
				return number(code, text)
			}
			if its, err = c.amount(symbol); err != nil {
				return err
			}
			if !column.IsZero() && its.Currency() != column.Currency() {
				return problem.New(problem.CurrencyMismatch, string(cell), column.Currency().String())
			}
		}
		if its.IsZero() {
			return problem.New(problem.CurrencyUnknown, string(cell), "12.50 EUR")
		}
		*t, err = its.WithAmount(d.Coef, d.Scale)
		return err
	}, nil
}

// number is what is wrong with a number, and how it would be right.
func number(code problem.Code, cell []byte) error {
	text := string(cell[:min(len(cell), 2100)])
	p := fixed.Refuse(code, text)
	if want := rightNumber(text); len(want) > 0 {
		p.Want = want
	}
	return p
}

// rightNumber is how a number may have been meant that is written with commas, an exponent or wide digits. Nothing of it is
// taken: it is for the message.
func rightNumber(text string) []string {
	if len(text) > 40 {
		return nil
	}
	s := width.Fold.String(strings.TrimSpace(text))
	number, unit := s, ""
	if i := strings.LastIndexByte(s, ' '); i >= 0 && (i+1 == len(s) || s[i+1]-'0' > 9) {
		number, unit = s[:i], s[i:]
	}
	number = strings.ReplaceAll(number, " ", "")
	commas, points := strings.Count(number, ","), strings.Count(number, ".")
	var tries []string
	switch {
	case strings.ContainsAny(number, "eE"):
		tries = []string{written(number)}
	case commas == 1 && points == 0 && len(number)-strings.IndexByte(number, ',') == 4:
		tries = []string{strings.Replace(number, ",", "", 1), strings.Replace(number, ",", ".", 1)}
	case commas == 1 && points == 0:
		tries = []string{strings.Replace(number, ",", ".", 1)}
	case commas == 1 && points > 0 && strings.LastIndexByte(number, '.') < strings.IndexByte(number, ','):
		tries = []string{strings.Replace(strings.ReplaceAll(number, ".", ""), ",", ".", 1)}
	default:
		tries = []string{strings.ReplaceAll(strings.TrimPrefix(number, "+"), ",", "")}
	}
	var want []string
	for _, t := range tries {
		if _, code := fixed.Scan(t); code == "" && t+unit != text {
			want = append(want, t+unit)
		}
	}
	return want
}

// written is a number with an exponent in full, "" where that is long.
func written(s string) string {
	i := strings.IndexAny(s, "eE")
	e, code := fixed.Scan(strings.TrimPrefix(s[i+1:], "+"))
	whole, rest, _ := strings.Cut(s[:i], ".")
	if code != "" || e.Scale > 0 || e.Coef > 18 || e.Coef < -12 {
		return ""
	}
	n := int(e.Coef)
	for ; n > 0; n-- {
		digit := "0"
		if rest != "" {
			digit, rest = rest[:1], rest[1:]
		}
		whole += digit
	}
	for ; n < 0; n++ {
		if whole == "" {
			whole = "0"
		}
		whole, rest = whole[:len(whole)-1], whole[len(whole)-1:]+rest
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if rest = strings.TrimRight(rest, "0"); rest != "" {
		whole += "." + rest
	}
	return whole
}
