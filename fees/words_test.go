package fees

import (
	"math/big"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/fees/money"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/proof"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// every yields each text of the package with where it stands.
func every(yield func(string, texts)) {
	for i, t := range phrases {
		yield("phrase "+itoa(i), t)
	}
	for f := FirstLeg; f <= Other; f++ {
		yield("family "+f.String(), familyTexts[f])
	}
	for k := OnConsign; k < ratecard.EventCount; k++ {
		yield("kind "+k.String(), kindTexts[k])
	}
	for s := NotPriced; s <= Included; s++ {
		yield("state "+s.String(), stateTexts[s])
	}
	for s := Exact; s <= Incomplete; s++ {
		yield("status "+s.String(), statusTexts[s])
	}
	for b := ByDefault; b <= ByUnits; b++ {
		yield("basis "+b.String(), basisTexts[b])
	}
	for _, c := range []CaveatCode{CaveatEmpty, CaveatUnsized, CaveatUndated, CaveatTax} {
		yield("caveat "+string(c), caveatTexts[c])
	}
	for u := ratecard.PerDay; u <= ratecard.PerYear; u++ {
		yield("time "+u.String(), timeTexts[u])
		yield("times "+u.String(), timeCounts[u])
	}
	for m := fixed.HalfUp; m.String() != fixed.Mode(0).String() && m <= fixed.Floor; m++ {
		yield("mode "+m.String(), proof.ModeTexts(m))
	}
	for _, name := range proof.Names() {
		var t texts
		for _, l := range lang.All() {
			t[l] = proof.Called(l, name)
		}
		yield("name "+name, t)
	}
	for _, op := range proof.Ops() {
		var t texts
		for _, l := range lang.All() {
			t[l] = proof.OpText(op, l.Tag())
		}
		yield("step "+string(op), t)
	}
	for name, t := range countTexts {
		yield("count "+name, t)
	}
	for part, t := range partTexts {
		yield("part "+string(part), t)
	}
	for kind, t := range causeTexts {
		yield("cause "+string(kind), t)
	}
	yield("free by", freeBy)
	yield("included in", includedIn)
	yield("chart", chartHead)
}

func TestEveryTextInEveryLanguage(t *testing.T) {
	n := 0
	every(func(where string, all texts) {
		n++
		want := problem.Placeholders(all[lang.En])
		slices.Sort(want)
		for _, l := range lang.All() {
			text := all[l]
			have := problem.Placeholders(text)
			slices.Sort(have)
			bare := problem.Expand(text, func(string) (string, bool) { return "", true })
			letters := strings.IndexFunc(bare, unicode.IsLetter) >= 0
			switch {
			case text == "":
				t.Errorf("%s has no text in %s", where, l)
			case !slices.Equal(have, want):
				t.Errorf("%s in %s names %v, not %v", where, l, have, want)
			case l == lang.ZhHans && letters && strings.IndexFunc(bare, func(r rune) bool { return unicode.Is(unicode.Han, r) }) < 0:
				t.Errorf("%s is not Chinese: %q", where, text)
			case l == lang.ZhHans && strings.ContainsAny(bare, ",;?!"):
				t.Errorf("%s has the punctuation of another script: %q", where, text)
			case l == lang.Ru && letters && strings.IndexFunc(bare, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) < 0:
				t.Errorf("%s is not Russian: %q", where, text)
			case strings.Contains(text, "  "):
				t.Errorf("%s in %s has two spaces", where, l)
			}
		}
	})
	if n < 150 {
		t.Errorf("only %d texts", n)
	}
}

// Every name that a card can ask of an event has a word.
func TestEveryNameHasAWord(t *testing.T) {
	for _, b := range ratecard.Builtins() {
		if !slices.Contains(proof.Names(), b.Name) {
			t.Errorf("measure %s", b.Name)
		}
	}
	for _, name := range append(ratecard.MoneyNames(), ratecard.LevelWords(0)...) {
		if !slices.Contains(proof.Names(), name) {
			t.Errorf("%s", name)
		}
	}
}

func TestWordsAreThoseOfTheTrade(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{FamilyName(FirstLeg, language.Chinese), "头程运费"},
		{FamilyName(Storage, language.MustParse("zh-CN")), "仓储费"},
		{FamilyName(LocalDelivery, language.German), "Zustellung"},
		{FamilyName(0, language.German), ""},
		{FamilyName(200, language.German), ""},
		{KindName(OnOrder, language.Russian), "заказ"},
		{KindName(0, language.Russian), ""},
		{Estimated.Text(language.Chinese), "预估"},
		{NotPriced.Text(language.English), "not priced by these cards"},
		{ByVolume.Text(language.French), "volume"},
		{Caveat{Code: CaveatUndated, Card: "x", Detail: "2026-11-22"}.Text(language.Chinese), "x：价卡未注明生效日期，查阅于 2026年11月22日"},
		{Caveat{Code: "new"}.Text(language.Chinese), "new"},
		{Part{Family: Tariff, State: Included, By: "c/sea"}.Text(language.Spanish), "aranceles: incluido en c/sea"},
		{Part{Family: Tariff, State: Free, By: "c/sea"}.Text(language.English), "tariff: free by c/sea"},
		{Part{Family: Tariff, State: NotAsked}.Text(language.Chinese), "关税：未询价"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	m, _ := money.Parse("1234.50 EUR")
	if got := (Part{Family: Storage, State: Priced, Amount: m}).Text(language.German); got != "Lagerung: 1.234,50\u00A0€" {
		t.Errorf("%q", got)
	}
}

func TestPlainNumbersAreNeverRounded(t *testing.T) {
	for _, c := range []struct {
		num, den int64
		want     string
	}{
		{1, 3, "0.333333…"}, {-2, 3, "-0.666666…"}, {1, 8, "0.125"}, {5, 1, "5"}, {0, 1, "0"}, {100, 1, "100"},
		{1, 1_000_000_000_000, "0.000000000001"}, {1, 10_000_000_000_000, "0.000000…"}, {999_999_999, 1_000_000_007, "0.999999…"},
	} {
		if got := plain(big.NewRat(c.num, c.den)); got != c.want {
			t.Errorf("%d/%d: %s, want %s", c.num, c.den, got, c.want)
		}
	}
}
