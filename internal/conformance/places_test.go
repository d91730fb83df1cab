package conformance

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
)

// the destinations that stock can be sent to, and the codes of our languages in the ids of the name collection
var (
	destinations = []string{"US", "GB", "DE", "FR", "IT", "ES", "RU", "AU", "ID"}
	speaks       = []string{"en", "zh", "zh-Hans", "de", "es", "fr", "it", "ru", "id"}
)

// noMoney are the codes of ISO 4217 that are units of account, metals, tests and no currency.
var noMoney = []string{"XAU", "XAG", "XPT", "XPD", "XBA", "XBB", "XBC", "XBD", "XDR", "XSU", "XUA", "XTS", "XXX"}

func minorUnits(r *run) {
	code := r.in.text("code")
	c, err := country.ParseCurrency(code)
	if slices.Contains(noMoney, code) {
		r.want.info("minor_units")
		if !errors.Is(err, country.ErrCurrencyUnknown) {
			r.Errorf("%s gives %v, %v", code, c, err)
		}
		r.notHere("a code of ISO 4217 that is no money: refused")
		return
	}
	if errors.Is(err, country.ErrCurrencyWithdrawn) {
		on, _, _ := country.Currency([]byte(code)).Withdrawn()
		before, err2 := on.AddDays(-1)
		if err2 != nil {
			r.Fatal(err2)
		}
		c, err = country.ParseCurrencyOn(code, before)
	}
	if !r.want.has("minor_units") {
		r.want.info("minor_units")
		if err == nil {
			r.Errorf("%s is accepted as money", code)
		}
		return
	}
	if err != nil {
		r.Fatal(err)
	}
	if want := r.want.int("minor_units"); int64(c.Digits()) != want {
		r.Errorf("%s has %d decimals, want %d", code, c.Digits(), want)
	}
}

var (
	isoDay  = regexp.MustCompile(`\d{4}-\d\d-\d\d`)
	isoCode = regexp.MustCompile(`\b[A-Z]{3}\b`)
)

// currencyInput: what somebody may write where a currency is asked for. The result is said in words.
func currencyInput(r *run) {
	code, want := r.in.text("code"), r.want.text("result")
	c, err := country.ParseCurrency(code)
	words := strings.ToLower(want)
	switch {
	case strings.HasPrefix(words, "accept until"): // good until a day, then withdrawn
		days := isoDay.FindAllString(want, -1)
		if len(days) != 2 {
			r.Fatalf("two days in %q", want)
		}
		last, err1 := country.ParseDate(days[0])
		first, err2 := country.ParseDate(days[1])
		if err1 != nil || err2 != nil {
			r.Fatal(err1, err2)
		}
		if _, err := country.ParseCurrencyOn(code, last); err != nil {
			r.Errorf("on %s: %v", last, err)
		}
		if _, err := country.ParseCurrencyOn(code, first); !errors.Is(err, country.ErrCurrencyWithdrawn) {
			r.Errorf("on %s: %v", first, err)
		}
		if on, _, ok := country.Currency([]byte(code)).Withdrawn(); !ok || on != first {
			r.Errorf("withdrawn on %v, want %v", on, first)
		}
	case strings.HasPrefix(words, "withdrawn"):
		if !errors.Is(err, country.ErrCurrencyWithdrawn) {
			r.Fatalf("%q gives %v, %v", code, c, err)
		}
		on, next, _ := country.Currency([]byte(code)).Withdrawn()
		for _, s := range isoDay.FindAllString(want, -1) {
			// The day said may be the one on which the successor came; the code is current until ISO 4217 withdraws it.
			// ISO 4217 lists months only.
			if said, err := country.ParseDate(s); err != nil || on.DaysSince(said) < -31 || on.DaysSince(said) > 731 {
				r.Errorf("withdrawn on %v, want %s or soon after it", on, s)
			}
		}
		for _, s := range isoCode.FindAllString(want, -1) {
			if next.String() != s {
				r.Errorf("the successor is %v, want %s", next, s)
			}
		}
	case strings.Contains(words, "missing"):
		if !errors.Is(err, country.ErrTextBlank) {
			r.Errorf("%q gives %v, %v", code, c, err)
		}
	case strings.Contains(words, " or "): // the choice is ours, a wrong currency is not
		if err == nil && c.String() != strings.ToUpper(strings.TrimSpace(code)) {
			r.Errorf("%q gives %v", code, c)
		}
	case strings.Contains(words, "ok"):
		if err != nil {
			r.Error(err)
		}
	default: // not a currency
		if !errors.Is(err, country.ErrCurrencyUnknown) {
			r.Errorf("%q gives %v, %v; want %s", code, c, err, want)
		}
		if _, hint, ok := strings.Cut(want, "did you mean "); ok {
			var p country.Problem
			if !errors.As(err, &p) || !slices.Contains(p.Want, hint) {
				r.Errorf("%v does not say %s", err, hint)
			}
		}
	}
}

// language is that of a name collection's case, "" of another.
func (r *run) language() string {
	name, ok := strings.CutPrefix(r.id, "cc-name-")
	if !ok {
		return ""
	}
	name, _, _ = strings.Cut(name, "-alt-")
	parts := strings.Split(name, "-")
	return strings.Join(parts[:len(parts)-1], "-")
}

// countryAlias: a code or name of a country. Names in languages that the library does not speak have to be refused, or
// mean the right country all the same; so do abbreviations that are the code of another country.
func countryAlias(r *run) {
	text := r.in.text("text")
	got, err := country.Parse(text)
	if r.want.has("error") {
		r.want.text("error")
		if !errors.Is(err, country.ErrCountryAmbiguous) {
			r.Fatalf("%q gives %v, %v", text, got, err)
		}
		var p country.Problem
		errors.As(err, &p)
		want := slices.Sorted(slices.Values(r.want.texts("candidates")))
		if have := slices.Sorted(slices.Values(p.Want)); !slices.Equal(have, want) {
			r.Errorf("candidates %v, want %v", have, want)
		}
		return
	}
	want := r.want.text("alpha2")
	spoken := r.language() == "" || slices.Contains(speaks, r.language())
	short := strings.Contains(r.id, "-alt-")
	switch {
	case err == nil && got.String() == want:
	case len(text) == 2 && err == nil && got.String() == text:
		r.notHere("an abbreviation that is the ISO 3166-1 code of another country: the code counts")
	case spoken && !short:
		r.Errorf("%q gives %v, %v; want %s", text, got, err, want)
	case err == nil:
		r.Errorf("%q gives %v, another country than %s", text, got, want)
	case !spoken:
		r.notHere("a country's name in a language that the library does not speak: refused, not guessed")
	default:
		r.notHere("an abbreviation of a name: refused, not guessed")
	}
}

// countryInput: what somebody may write where a destination is asked for.
func countryInput(r *run) {
	text, want := r.in.text("text"), r.want.text("result")
	got, err := country.Parse(text)
	opened := err == nil && slices.Contains(destinations, got.String())
	refused, reason := "", ""
	for _, alternative := range strings.Split(want, " or ") {
		alternative = strings.TrimSpace(alternative)
		code, rest, _ := strings.Cut(alternative, " ")
		switch {
		case len(code) == 2 && (rest == "" || strings.HasPrefix(rest, "(")):
			if err == nil && got.String() == code {
				return
			}
		case strings.HasPrefix(alternative, "error"):
			refused, reason = alternative, strings.TrimPrefix(alternative, "error:")
		case alternative == "trim":
			if err == nil && got.String() == strings.TrimSpace(text) {
				return
			}
		default:
			r.Fatalf("what is meant by %q?", want)
		}
	}
	if refused == "" {
		r.Errorf("%q gives %v, %v; want %s", text, got, err, want)
		return
	}
	code, isPlace := strings.CutPrefix(reason, "NotOpened(")
	codes := map[string]fees.Code{
		"AmbiguousCountry": country.ErrCountryAmbiguous, "MissingCountry": country.ErrTextBlank, "NotACountry": country.ErrNotACountry,
	}
	switch {
	case opened:
		r.Errorf("%q gives %v, want %s", text, got, want)
	case isPlace:
		if err == nil && got.String() != strings.TrimSuffix(code, ")") {
			r.Errorf("%q gives %v, want %s", text, got, want)
		}
	case codes[reason] != "":
		if !errors.Is(err, codes[reason]) {
			r.Errorf("%q gives %v, %v; want %s", text, got, err, want)
		}
	case strings.Contains(refused, "decide"): // it may be a country, but none that is opened
	case err == nil:
		r.Errorf("%q gives %v, want %s", text, got, want)
	}
}

// noFuzzy: two names that look alike are never one country.
func noFuzzy(r *run) {
	if !r.want.boolean("must_differ") {
		r.Fatal("what else?")
	}
	r.in.info("locale")
	for _, side := range []string{"a", "b"} {
		text, region := r.in.text(side), r.in.text(side+"_region")
		if got, err := country.Parse(text); err == nil && got.String() != region {
			r.Errorf("%q gives %v, want %s or a refusal", text, got, region)
		}
	}
}
