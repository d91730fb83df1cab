package fees

import (
	"slices"
	"strings"

	"golang.org/x/text/width"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/units"
)

// headerWords are what files of the trade call a field, by the last part of its path. A name that the trade uses for
// different things stands here for none: 件数 is cartons to a forwarder and units to a warehouse, 净重 is no gross weight.
var headerWords = []struct {
	word  string
	names []string
}{
	{"reference", []string{"order no", "order no.", "order number", "order id", "reference no", "reference number", "订单号", "订单编号", "参考号", "客户单号"}},
	{"date", []string{"order date", "ship date", "shipping date", "日期", "下单日期", "发货日期", "出库日期"}},
	{"country", []string{"country code", "destination", "destination country", "ship to country", "国家", "国家代码", "目的国", "目的国家", "收件国家", "收件人国家"}},
	{"postal_code", []string{"postcode", "post code", "zip", "zip code", "zipcode", "邮编", "邮政编码", "收件人邮编"}},
	{"warehouse", []string{"warehouse code", "仓库", "仓库代码", "海外仓"}},
	{"account", []string{"account no", "账号", "账户"}},
	{"from", []string{"from date", "start date", "开始日期", "起始日期"}},
	{"to", []string{"to date", "end date", "结束日期", "截止日期"}},
	{"arrived", []string{"arrival date", "received date", "入库日期", "入仓日期", "到仓日期", "上架日期"}},
	{"sku", []string{"sku code", "sku编码", "商品编码", "产品编码", "商品sku", "产品sku"}},
	{"batch", []string{"batch no", "lot no", "批次", "批次号"}},
	{"hs", []string{"hs code", "hscode", "tariff code", "海关编码", "hs编码", "税则号"}},
	{"weight", []string{"gross weight", "actual weight", "重量", "毛重", "实重", "实际重量"}},
	{"size", []string{"dimensions", "尺寸", "外箱尺寸", "包裹尺寸"}},
	{"length", []string{"长", "长度"}},
	{"width", []string{"宽", "宽度"}},
	{"height", []string{"高", "高度"}},
	{"volume", []string{"cbm", "体积"}},
	{"count", []string{"cartons", "number of cartons", "parcels", "number of parcels", "箱数", "包裹数"}},
	{"units", []string{"qty", "quantity", "pcs", "pieces", "数量", "商品数量", "产品数量"}},
	{"value", []string{"declared value", "goods value", "申报价值", "申报金额", "货值"}},
	{"currency", []string{"declared currency", "币种", "货币", "申报币种"}},
	{"freight_to_border", []string{"freight to border", "境外运费"}},
	{"insurance", []string{"insurance fee", "保险费", "保费"}},
	{"rate", []string{"duty rate", "tariff rate", "关税税率", "关税率"}},
}

// headerUnits are what headers call units, besides their symbols.
var headerUnits = map[string]string{
	"千克": "kg", "公斤": "kg", "克": "g", "吨": "t", "磅": "lb", "盎司": "oz", "毫米": "mm", "厘米": "cm", "米": "m", "英寸": "in", "英尺": "ft",
	"立方厘米": "cm3", "立方米": "m3", "方": "m3", "升": "l", "cbm": "m3", "kgs": "kg", "lbs": "lb", "inch": "in", "cm³": "cm3", "m³": "m3",
	"元": "CNY", "人民币": "CNY", "rmb": "CNY", "美元": "USD", "欧元": "EUR", "英镑": "GBP", "%": "%",
}

// headerName is the name in a header cell as it is compared, and the unit it says: "*毛重（KG）\n（必填）" is 毛重 in kg.
func headerName(cell string) (name, in string) {
	s := width.Fold.String(cell)
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r':
			return -1
		case r == '_' || r == '\t' || r == '\u00a0':
			return ' '
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		}
		return r
	}, s)
	// whether a column must be filled
	marks := strings.NewReplacer("*", "", "(必填)", "", "(必填项)", "", "(选填)", "", "(required)", "", "(optional)", "")
	s = strings.Join(strings.Fields(marks.Replace(s)), " ")
	for _, shut := range []string{")", "]"} {
		if open := strings.LastIndexAny(s, "(["); open > 0 && strings.HasSuffix(s, shut) {
			if u := unitNamed(strings.TrimSpace(s[open+1 : len(s)-1])); u != "" {
				return strings.TrimSpace(s[:open]), u
			}
		}
	}
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		if u, ok := units.Parse(s[i+1:]); ok {
			return s[:i], u.String()
		}
	}
	return s, ""
}

// unitNamed is the unit or currency of a name in a header, "" for none.
func unitNamed(name string) string {
	if u, ok := units.Parse(name); ok {
		return u.String()
	}
	if u := headerUnits[name]; u != "" {
		return u
	}
	if len(name) == 3 {
		upper := make([]byte, 3)
		for i := range 3 {
			upper[i] = name[i]
			if 'a' <= name[i] && name[i] <= 'z' {
				upper[i] -= 'a' - 'A'
			}
		}
		if c, err := country.ParseCurrency(string(upper)); err == nil {
			return c.String()
		}
	}
	return ""
}

// headerWord is the field that a name stands for in the trade, the name itself where it is none of them.
func headerWord(name string) string {
	for _, w := range headerWords {
		if plain, _ := headerName(w.word); name == plain || slices.Contains(w.names, name) {
			return plain
		}
	}
	return name
}

// header is the header of a file.
type header struct {
	cells []string // as they are written
	shown []string // in problems: without line breaks
	names []string // as they are compared
	units []string
	taken []bool // by a field, or to be written or grouped by
}

func newHeader(cells []string) *header {
	h := &header{cells: cells, taken: make([]bool, len(cells))}
	for _, c := range cells {
		h.shown = append(h.shown, strings.Join(strings.Fields(c), ""))
		name, in := headerName(c)
		h.names, h.units = append(h.names, name), append(h.units, in)
	}
	return h
}

// find is the column of a name: the one that is written so, or else the one that the trade calls so. It is -1 where there
// is none; more than one is a problem.
func (h *header) find(column string) (int, *problem.Problem) {
	want, _ := headerName(column)
	for _, same := range []func(string) bool{
		func(name string) bool { return name == want },
		func(name string) bool { return headerWord(name) == headerWord(want) },
	} {
		found := -1
		for i, name := range h.names {
			if !same(name) {
				continue
			}
			if found >= 0 {
				p := problem.New(problem.Duplicate, h.cells[found], h.cells[i]).At("/" + column)
				return -1, &p
			}
			found = i
		}
		if found >= 0 {
			return found, nil
		}
	}
	return -1, nil
}

// columns are the columns of a layout that names none: each field by its path or by what the trade calls it.
func (h *header) columns(events []*shardEvent, prefixed bool) []ShardColumn {
	var cols []ShardColumn
	for i, name := range h.names {
		if path := pathOf(events, prefixed, h.cells[i], name); path != "" {
			cols = append(cols, ShardColumn{Field: path, Column: h.cells[i]})
		}
	}
	return cols
}

// pathOf is the path that a header cell names, "" for none.
func pathOf(events []*shardEvent, prefixed bool, cell, name string) string {
	for _, e := range events {
		prefix := ""
		if prefixed {
			prefix = eventName(e.event) + "."
		}
		for _, path := range e.paths() {
			if plain, _ := headerName(prefix + path); plain == name {
				return prefix + path
			}
		}
		// the names of facts are the caller's and not compared
		if rest, ok := strings.CutPrefix(strings.TrimSpace(cell), prefix); ok {
			for facts := range e.facts {
				if name, ok := strings.CutPrefix(rest, facts); ok && name != "" {
					return prefix + rest
				}
			}
		}
	}
	if prefixed {
		return ""
	}
	return events[0].byWord(headerWord(name))
}

// byWord is the path of a field by its last part: of the event before that of its carton, parcel, lot, line or goods.
func (s *shardEvent) byWord(word string) string {
	rows := map[string]string{"consignment": "cartons", "receipt": "cartons", "order": "parcels", "return": "parcels", "stay": "lots", "removal": "goods", "entry": "lines"}[eventName(s.event)]
	tries := []string{word, rows + "." + word, rows + ".size." + word}
	switch word {
	case "country":
		tries = append(tries, "destination")
	case "currency":
		tries = append(tries, rows+".value.currency", rows+".goods.currency")
	case "value":
		tries = append(tries, rows+".goods")
	case "rate":
		tries = append(tries, rows+".duties.rate")
	case "units":
		tries = append(tries, rows+".goods.units")
	case "sku":
		tries = append(tries, rows+".goods.sku")
	}
	for _, t := range tries {
		for path := range s.fields {
			if plain, _ := headerName(path); plain == t {
				return path
			}
		}
	}
	return ""
}
