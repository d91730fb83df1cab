package eligibility_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/eligibility"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

func TestEveryTextInEveryLanguage(t *testing.T) {
	market, err := eligibility.ParsePolicy(strings.NewReader(marketplace(t, "policy.json")))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	check := func(name string, languages [8]string) {
		n++
		var first []string
		for i, s := range languages {
			l := lang.Lang(i)
			if strings.TrimSpace(s) == "" {
				t.Errorf("%s: no text in %v", name, l)
				continue
			}
			names := problem.Placeholders(s)
			slices.Sort(names)
			if i == 0 {
				first = names
			} else if !slices.Equal(first, names) {
				t.Errorf("%s: %v in %v, %v in English", name, names, l, first)
			}
			if han := strings.ContainsFunc(s, func(r rune) bool { return r >= 0x4e00 && r < 0xa000 }); han != (l == lang.ZhHans) && len(s) > 24 {
				t.Errorf("%s: %v is in another script: %s", name, l, s)
			}
			if cyrillic := strings.ContainsFunc(s, func(r rune) bool { return r >= 0x400 && r < 0x500 }); cyrillic && l != lang.Ru {
				t.Errorf("%s: %v is in another script: %s", name, l, s)
			}
		}
	}
	eligibility.Texts(check)
	eligibility.AliExpress().Latest().DocumentTexts(check)
	market.DocumentTexts(check)
	if n < 240 {
		t.Errorf("only %d texts", n)
	}
}

// The words of the trade, as sellers and forwarders write them.
func TestChineseUsesTheWordsOfTheTrade(t *testing.T) {
	document := shipped()
	for _, w := range []string{
		"海外仓", "第三方海外仓", "自营海外仓", "开通条件", "合作物流商", "客户代码", "与第三方物流商签订的合同照片", "后台截图", "库存查询", "订单管理页面",
		"海外仓地址", "中国发货证明", "发货底单", "发货拍照", "物流跟踪详情截图", "海外通关证明", "缴税证明", "仓库照片", "报名ID", "当地最近的报纸", "门牌号", "仓库实景", "主账号", "子账号",
	} {
		if !strings.Contains(document, w) {
			t.Errorf("the policy does not say %s", w)
		}
	}
	a := thirdParty()
	a.Stock = a.Stock[:0]
	d, err := eligibility.AliExpress().Assess(a)
	if err != nil {
		t.Fatal(err)
	}
	remedies, _ := d.Remedies()
	if got := remedies[0].Message(language.SimplifiedChinese); !strings.Contains(got, "先备货到海外") || !strings.Contains(got, "再报名申请") {
		t.Error(got)
	}
}

func TestWordsNamesAndEnumerations(t *testing.T) {
	for name, list := range map[string][]string{
		"outcome":    {eligibility.Undetermined.String(), eligibility.Approved.String(), eligibility.Rejected.String()},
		"kind":       {eligibility.Missing.String(), eligibility.Malformed.String(), eligibility.DoesNotProve.String(), eligibility.NotSupported.String(), eligibility.NotPermitted.String()},
		"effect":     {eligibility.Reject.String(), eligibility.Unclear.String(), eligibility.Advise.String()},
		"provenance": {eligibility.Stated.String(), eligibility.Refined.String(), eligibility.Assumed.String(), eligibility.Set.String()},
		"remedy":     {eligibility.Provide.String(), eligibility.Correct.String(), eligibility.DoFirst.String(), eligibility.Answer.String(), eligibility.Wait.String()},
		"standing":   {eligibility.StandingStated.String(), eligibility.StandingConfirmed.String(), eligibility.StandingRefined.String(), eligibility.StandingOpen.String()},
		"change":     {eligibility.Added.String(), eligibility.Removed.String(), eligibility.Changed.String()},
	} {
		if slices.Contains(list, "") || len(slices.Compact(slices.Sorted(slices.Values(list)))) != len(list) {
			t.Errorf("%s: %v", name, list)
		}
	}
	seen := map[string]bool{}
	used := map[string]bool{}
	for _, text := range []string{shipped(), marketplace(t, "policy.json")} {
		for c := range eligibility.Checks() {
			if strings.Contains(text, `"check": "`+c.Word+`"`) {
				used[c.Word] = true
			}
		}
	}
	for c := range eligibility.Checks() {
		if c.Word == "" || c.About == "" || len(c.Kinds) == 0 || seen[c.Word] {
			t.Errorf("%+v", c)
		}
		seen[c.Word] = true
		if !used[c.Word] {
			t.Errorf("no policy uses the check %s", c.Word)
		}
	}
}

// golden compares text with a file; -update writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s differs (run with -update and look):\n%s", name, got)
	}
}
