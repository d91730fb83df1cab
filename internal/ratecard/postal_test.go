package ratecard

import "testing"

func TestPostalRules(t *testing.T) {
	tests := []struct {
		name     string
		from, to string
		in, out  []string
	}{
		{"digits", "01000", "19999", []string{"01000", "10115", "19999"}, []string{"00999", "20000", "1000", "101150", "W1000"}},
		{"nine digits of five", "01000", "01399", []string{"01399-1234", "013991234", "01000"}, []string{"01400-0000", "01399-123", "01399-12345", "01399-12A4"}},
		{"nine digits", "010000000", "013999999", []string{"01399-1234"}, []string{"01400-0000", "01399"}},
		{"beginnings", "010*", "013*", []string{"01000", "01399-1234", "013", "012 3"}, []string{"00999", "014", "01", "0", "01A", "W010"}},
		{"beginnings with letters", "H1A*", "H3A*", []string{"H2A 1B1", "H1A"}, []string{"H4A 1B1", "H2B 1B1", "H2"}},
		{"districts", "IV1*", "IV28*", []string{"IV1 3AB", "iv12 3ab", "IV28", "IV9 1ZZ", "IV1"}, []string{"IV30 3AB", "IV0 1AA", "KW1 1AA", "IV", "IV1AB", "IV123", "I1 3AB", "V1 3AB", ""}},
		{"districts of London", "SW1*", "SW9*", []string{"SW1A 1AA", "SW9 0AA", "SW1A", "SW1W 0NY"}, []string{"SW10 9AA", "SW19 1AA", "SE1 1AA", "S1 1AA"}},
		{"one district", "E1*", "E1*", []string{"E1 6AN", "E1W 1AA"}, []string{"E10 5AA", "E2 6AN"}},
		{"routing keys", "D01*", "D24*", []string{"D02 X285", "D24 AB12"}, []string{"D25 X285", "A65 F4E2"}},
		{"hyphen", "64200", "64650", []string{"64-620", "64 620"}, []string{"64-199", "64-651"}},
		{"letters in place", "SW1", "SW9", []string{"SW5", "sw5"}, []string{"SE5", "SW10", "SW"}},
		{"two parts", "BH2 1AA", "BH4 9ZZ", []string{"BH3 2BC", "bh3 2bc", "BH32BC", "BH2 1AA", "BH4 9ZZ"}, []string{"BH20 2BC", "BH1 9ZZ", "BH5 1AA", "BX3 2BC", "B3 2BC", "2BC", ""}},
		{"sector and unit", "BH16 7HA", "BH16 7HG", []string{"BH16 7HF"}, []string{"BH16 7HZ", "BH16 8HA"}},
		{"letters between", "A65 2F0A", "A65 2F0C", []string{"A65 2F0B", "A652F0A"}, []string{"A65 2F0D", "A65 2FAB", "D65 2F0B"}},
		{"London", "SW1A 0AA", "SW1A 2ZZ", []string{"SW1A 1AA"}, []string{"SW1 1AA", "SW1B 1AA", "SW1A 3AA"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r, inverted, ok := postalRange(test.from, test.to)
			if !ok || inverted {
				t.Fatalf("inverted %v, ok %v", inverted, ok)
			}
			for _, code := range test.in {
				if p := CleanPostal(code); !r.Contains(&p) {
					t.Errorf("%q is not in %s", code, r.Text())
				}
			}
			for _, code := range test.out {
				if p := CleanPostal(code); r.Contains(&p) {
					t.Errorf("%q is in %s", code, r.Text())
				}
			}
		})
	}
	for _, bad := range [][2]string{{"9", "95"}, {"SW1", "SE9"}, {"BH2 1AA", "BH4"}, {"BH2 1AA", "BX4 1AA"}, {"BH2 1AA", "BH4 11AA"}, {" 1AA", " 1AB"}, {"BH2 ", "BH3 "}, {"", ""}, {"010", "013"}, {"1", "2"}, {"010*", "013"}, {"010", "013*"}, {"010*", "0139*"}, {"*", "*"}, {"0*1", "0*2"}, {"BH2 1*", "BH4 1*"}, {"IV1*", "KW14*"}, {"IV1*", "IV*"}} {
		if _, _, ok := postalRange(bad[0], bad[1]); ok {
			t.Errorf("%q is accepted", bad)
		}
	}
	for _, bad := range [][2]string{{"20000", "10000"}, {"013*", "010*"}, {"IV28*", "IV1*"}, {"SW9*", "SW1*"}, {"BH4 1AA", "BH2 1AA"}, {"BH16 7HG", "BH16 7HA"}, {"BH10 1AA", "BH9 1AA"}} {
		if _, inverted, ok := postalRange(bad[0], bad[1]); !ok || !inverted {
			t.Errorf("%q is not inverted", bad)
		}
	}
}

func TestPostalCodesDoNotAllocate(t *testing.T) {
	r, _, _ := postalRange("BH2 1AA", "BH4 9ZZ")
	prefix := PostalRule{Prefix: "BH3"}
	if n := testing.AllocsPerRun(100, func() {
		p := CleanPostal("bh3 2bc")
		if !r.Contains(&p) || !prefix.Contains(&p) {
			t.Fatal("not in")
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestPostalCodesOfAnyText(t *testing.T) {
	prefix, numbers := PostalRule{Prefix: "123456789012"}, PostalRule{From: "000000000000", To: "999999999999"}
	for code, want := range map[string][2]bool{
		"123456789012": {true, true}, "1234567890123": {true, false}, "1 2 3 4 5 6 7 8 9 0 1 2": {true, true}, "": {}, "Ä": {}, "- -": {},
	} {
		p := CleanPostal(code)
		if got := [2]bool{prefix.Contains(&p), numbers.Contains(&p)}; got != want {
			t.Errorf("%q: %v, want %v", code, got, want)
		}
		if p.IsZero() != (code == "" || code == "- -") {
			t.Errorf("%q: IsZero is %v", code, p.IsZero())
		}
	}
}
