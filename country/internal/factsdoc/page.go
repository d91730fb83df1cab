package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
)

// page is the whole document in Markdown.
func page() []byte {
	set, err := country.ParseFacts(country.CustomsSource())
	if err != nil {
		return []byte(err.Error())
	}
	var b bytes.Buffer
	b.WriteString(head)
	for _, c := range set.Countries() {
		fmt.Fprintf(&b, "- [%s](#%s)\n", c.Name(language.English), anchor(c))
	}
	b.WriteString("- [What is not known](#what-is-not-known)\n- [What runs out](#what-runs-out)\n- [Circumstances](#circumstances)\n")
	for _, c := range set.Countries() {
		section(&b, c, slices.Collect(set.Facts(c)))
	}
	unknown(&b, set)
	expiring(&b, set)
	circumstances(&b, set)
	return b.Bytes()
}

const head = `# Customs facts

<!-- Written by go generate in package country from customs.json. Do not edit. -->

What customs of nine destinations charge on commercial imports in bulk, as package ` + "`country`" + ` knows it. Tariff rates are not
among it: they are the caller's. Days are inclusive, in the calendar of the destination. Where no first day stands, the start is
not known; where no last day stands, no end is known, and results say when the fact was last confirmed.

Confidence: **official** was read on an official site, in a statute or in a copy of one; **secondary** with a broker, in the news or
in another table; **memory** is general knowledge for which no source was read.

`

func anchor(c country.Code) string {
	return strings.ReplaceAll(strings.ToLower(c.Name(language.English)), " ", "-")
}

func section(b *bytes.Buffer, c country.Code, facts []country.Fact) {
	fmt.Fprintf(b, "\n## %s\n\n", c.Name(language.English))
	if len(facts) > 0 {
		fmt.Fprintf(b, "%d facts, last confirmed on %v.\n\n", len(facts), facts[0].Seen)
	}
	b.WriteString("| fact | value | when | from | to | confidence | source | note |\n|---|---|---|---|---|---|---|---|\n")
	for _, f := range facts {
		value := describe(f.Value)
		if f.Unknown {
			value = "**not known**"
		}
		from, to := f.From.String(), f.To.String()
		if f.Begins {
			from += ", nothing before"
		}
		if f.Ends {
			to += ", nothing after"
		}
		row(b, f.Name(), value, when(f.When), from, to, f.Confidence.String(), f.Source, f.Note)
	}
}

func unknown(b *bytes.Buffer, set *country.FactSet) {
	b.WriteString("\n## What is not known\n\nAn entry that needs one of these is answered with an error that names it, unless the caller supplies the fact.\n\n")
	b.WriteString("| country | fact | when | from | to | note |\n|---|---|---|---|---|---|\n")
	for f := range set.All() {
		if f.Unknown {
			row(b, f.Country.String(), f.Name(), when(f.When), f.From.String(), f.To.String(), f.Note)
		}
	}
}

func expiring(b *bytes.Buffer, set *country.FactSet) {
	b.WriteString("\n## What runs out\n\nFacts with an end after which nothing is known.\n\n| last day | country | fact | when |\n|---|---|---|---|\n")
	for _, f := range set.Expiring(country.Date{Year: 9999, Month: 12, Day: 31}) {
		row(b, f.To.String(), f.Country.String(), f.Name(), when(f.When))
	}
}

func circumstances(b *bytes.Buffer, set *country.FactSet) {
	b.WriteString("\n## Circumstances\n\nWhat facts depend on. Without a default, the caller must say.\n\n| name | values | default |\n|---|---|---|\n")
	for _, in := range set.Inputs() {
		row(b, in.Name, strings.Join(in.Values, ", "), in.Default)
	}
}

func row(b *bytes.Buffer, cells ...string) {
	for _, cell := range cells {
		b.WriteString("| ")
		b.WriteString(escape.Replace(cell))
		if cell != "" {
			b.WriteByte(' ')
		}
	}
	b.WriteString("|\n")
}

var escape = strings.NewReplacer("|", `\|`, "<", "&lt;", "\n", " ")

func when(list []country.Condition) string {
	words := make([]string, len(list))
	for i, w := range list {
		words[i] = w.Input + ": " + strings.Join(w.In, " or ")
	}
	return strings.Join(words, "; ")
}

// describe is the value of a fact in words.
func describe(value country.Value) string {
	switch v := value.(type) {
	case country.HomeCurrency:
		return v.Currency.String()
	case country.Valuation:
		if v.Border != "" {
			return fmt.Sprintf("%s to %s: %s", v.Basis, v.Border, sum(v.Sum))
		}
		return fmt.Sprintf("%s: %s", v.Basis, sum(v.Sum))
	case country.TaxBase:
		return sum(v.Sum)
	case country.ImportTax:
		if !v.Share.IsWhole() {
			return fmt.Sprintf("%s %s of %v of the base", v.Tax, percent(v.Rate), v.Share)
		}
		return v.Tax + " " + percent(v.Rate)
	case country.Fee:
		return fee(v)
	case country.FormalEntry:
		return "from " + amount(v.From, v.Currency)
	case country.Rounding:
		return rounding(v)
	case country.Prepayment:
		return percent(v.Rate) + " of " + string(v.Of)
	case country.AssumedCost:
		text := fmt.Sprintf("%s = %s of %s", sum(v.Costs), percent(v.Rate), v.Of)
		if v.Optional {
			text += ", by choice"
		}
		return text
	case country.StandardCost:
		var words []string
		if !v.Rate.IsZero() {
			words = append(words, plain(v.Rate)+" per "+v.Per)
		}
		if !v.Plus.IsZero() {
			words = append(words, "plus "+plain(v.Plus))
		}
		if !v.Min.IsZero() {
			words = append(words, "at least "+plain(v.Min))
		}
		return strings.Join(words, ", ")
	case country.AdditionalDuty:
		if !v.Most.IsZero() {
			return percent(v.Rate) + " to " + percent(v.Most)
		}
		return percent(v.Rate)
	case country.Territory:
		if v.Tax != "" {
			return v.Tax + " " + percent(v.Rate)
		}
		return "apart"
	case country.Recoverable:
		return strings.TrimSuffix("usually "+strings.ReplaceAll(v.Usually, "_", " ")+", "+v.How, ", ")
	case country.ExchangeRate:
		words := []string{v.By}
		if v.Day != "" {
			words = append(words, "day of "+v.Day)
		}
		if v.Method != "" {
			words = append(words, v.Method)
		}
		return strings.Join(words, ", ")
	case country.Parcel:
		return parcel(v)
	}
	return "" // a remark is its note
}

func fee(v country.Fee) string {
	var words []string
	if !v.Rate.IsZero() {
		words = append(words, percent(v.Rate)+" of the customs value")
	}
	if len(v.Scale) == 0 && (v.Rate.IsZero() || !v.Amount.IsZero()) {
		words = append(words, plain(v.Amount))
	}
	if !v.Min.IsZero() {
		words = append(words, "at least "+plain(v.Min))
	}
	if !v.Max.IsZero() {
		words = append(words, "at most "+plain(v.Max))
	}
	for _, band := range v.Scale {
		switch band.Edge {
		case country.EdgeUpTo:
			words = append(words, "up to "+plain(band.Limit)+": "+plain(band.Amount))
		case country.EdgeBelow:
			words = append(words, "below "+plain(band.Limit)+": "+plain(band.Amount))
		default:
			words = append(words, "else "+plain(band.Amount))
		}
	}
	text := strings.Join(words, ", ")
	if v.Per != "" {
		text += " per " + v.Per
	}
	return text
}

func rounding(v country.Rounding) string {
	text := "multiples of " + plain(v.Step)
	switch {
	case v.Exact:
		return "full precision, shown in " + text
	case v.Mode != "":
		text += ", " + v.Mode
	default:
		text += ", mode not published"
	}
	if v.Per != "" {
		text += ", per " + v.Per
	}
	return text
}

func parcel(v country.Parcel) string {
	var words []string
	switch {
	case v.Rule == "charge" || v.Rule == "flat_duty":
		words = append(words, amount(v.Amount, v.Currency))
	case v.UpTo.IsZero():
		return "none"
	}
	if !v.UpTo.IsZero() {
		words = append(words, "up to "+amount(v.UpTo, v.Currency))
	}
	if v.Per != "" {
		words = append(words, "per "+strings.ReplaceAll(v.Per, "_", " and "))
	}
	return strings.Join(words, ", ")
}

func sum(parts []country.Part) string {
	words := make([]string, len(parts))
	for i, p := range parts {
		words[i] = string(p)
	}
	return strings.Join(words, " + ")
}

func amount(d decimal.Decimal, c country.Currency) string {
	return strings.TrimSpace(plain(d) + " " + c.String())
}

func percent(d decimal.Decimal) string { return d.Shift(2).String() + " %" }

// plain is an amount with the decimals of its source.
func plain(d decimal.Decimal) string { return d.StringFixed(-d.Exponent()) }
