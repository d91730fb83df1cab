package proof

import (
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/lang"
)

// columnTexts are the columns of the sheet, in the order of lang.All.
var columnTexts = [8][lang.Count]string{
	{"step", "步骤", "Schritt", "paso", "étape", "passo", "шаг", "langkah"},
	{"charge", "收费项", "Posten", "cargo", "poste", "voce", "позиция", "pos biaya"},
	{"what is done", "运算", "Rechnung", "operación", "opération", "operazione", "действие", "operasi"},
	{"name", "名称", "Name", "nombre", "nom", "nome", "название", "nama"},
	{"value", "数值", "Wert", "valor", "valeur", "valore", "значение", "nilai"},
	{"unit", "单位", "Einheit", "unidad", "unité", "unità", "единица", "satuan"},
	{"exact", "精确值", "genau", "exacto", "exact", "esatto", "точно", "tepat"},
	{"source", "来源", "Quelle", "fuente", "source", "fonte", "источник", "sumber"},
}

// opTexts are what steps do, in the order of lang.All.
var opTexts = map[Op][lang.Count]string{
	Given:    {"given", "输入", "angegeben", "indicado", "indiqué", "indicato", "задано", "diberikan"},
	Stated:   {"stated", "规定", "festgelegt", "fijado", "fixé", "stabilito", "установлено", "ditetapkan"},
	Price:    {"price", "单价", "Preis", "precio", "prix", "prezzo", "цена", "harga"},
	Rate:     {"exchange rate", "汇率", "Wechselkurs", "tipo de cambio", "taux de change", "tasso di cambio", "обменный курс", "kurs"},
	Span:     {"time", "时间", "Zeit", "tiempo", "durée", "tempo", "время", "waktu"},
	Word:     {"place in a table", "表中位置", "Stelle in einer Tabelle", "lugar en una tabla", "place dans un tableau", "posto in una tabella", "место в таблице", "letak dalam tabel"},
	None:     {"does not apply", "不适用", "trifft nicht zu", "no se aplica", "ne s’applique pas", "non si applica", "не применяется", "tidak berlaku"},
	Again:    {"as above", "同前", "wie oben", "como antes", "comme ci-dessus", "come sopra", "как выше", "seperti di atas"},
	Same:     {"in another unit", "单位换算", "in anderer Einheit", "en otra unidad", "dans une autre unité", "in altra unità", "в другой единице", "dalam satuan lain"},
	Sum:      {"sum", "合计", "Summe", "suma", "somme", "somma", "сумма", "jumlah"},
	Minus:    {"difference", "差额", "Differenz", "diferencia", "différence", "differenza", "разность", "selisih"},
	Less:     {"difference, at least 0", "差额（不低于 0）", "Differenz, mindestens 0", "diferencia, como mínimo 0", "différence, au moins 0", "differenza, almeno 0", "разность, не менее 0", "selisih, minimal 0"},
	Product:  {"product", "乘积", "Produkt", "producto", "produit", "prodotto", "произведение", "hasil kali"},
	Quotient: {"quotient", "商", "Quotient", "cociente", "quotient", "quoziente", "частное", "hasil bagi"},
	Greatest: {"greatest", "取最大", "größter Wert", "el mayor", "le plus grand", "il maggiore", "наибольшее", "terbesar"},
	Least:    {"least", "取最小", "kleinster Wert", "el menor", "le plus petit", "il minore", "наименьшее", "terkecil"},
	StepUp:   {"raised to a multiple", "向上进位", "aufgerundet auf ein Vielfaches", "elevado a un múltiplo", "porté à un multiple", "portato a un multiplo", "до кратного вверх", "dinaikkan ke kelipatan"},
	Round:    {"rounded", "取整", "gerundet", "redondeado", "arrondi", "arrotondato", "округлено", "dibulatkan"},
	Within:   {"bracket", "区间", "Stufe", "tramo", "tranche", "scaglione", "ступень", "jenjang"},
	Chosen:   {"chosen", "选取", "gewählt", "elegido", "retenu", "scelto", "выбрано", "dipilih"},
	Rank:     {"rank from 0, greatest first", "名次（从 0 起，由大到小）", "Rang ab 0, größter zuerst", "posición desde 0, de mayor a menor", "rang à partir de 0, du plus grand au plus petit", "posizione da 0, dal maggiore", "место с 0, от большего", "peringkat dari 0, terbesar dahulu"},
}

// modeTexts are the rounding modes, in the order of lang.All.
var modeTexts = map[fixed.Mode][lang.Count]string{
	fixed.HalfUp:   {"half up", "四舍五入", "kaufmännisch", "mitad hacia arriba", "demi vers le haut", "metà per eccesso", "половина вверх", "setengah ke atas"},
	fixed.HalfEven: {"half to even", "四舍六入五成双", "halb zur geraden Ziffer", "mitad al par", "demi vers le pair", "metà al pari", "половина к чётному", "setengah ke genap"},
	fixed.HalfDown: {"half down", "五舍六入", "halb ab", "mitad hacia abajo", "demi vers le bas", "metà per difetto", "половина вниз", "setengah ke bawah"},
	fixed.Up:       {"up", "向上进位", "auf", "hacia arriba", "vers le haut", "per eccesso", "вверх", "ke atas"},
	fixed.Down:     {"down", "截尾", "ab", "hacia abajo", "vers le bas", "per difetto", "вниз", "ke bawah"},
	fixed.Ceiling:  {"to the ceiling", "向正无穷取整", "zum größeren Wert", "al mayor", "au plus grand", "al maggiore", "к большему", "ke nilai lebih besar"},
	fixed.Floor:    {"to the floor", "向负无穷取整", "zum kleineren Wert", "al menor", "au plus petit", "al minore", "к меньшему", "ke nilai lebih kecil"},
}

// ModeTexts are a rounding mode in words, in the order of lang.All.
func ModeTexts(m fixed.Mode) [lang.Count]string { return modeTexts[m] }
