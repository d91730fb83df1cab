package proof

import "github.com/overseaswarehouse/overseas/internal/lang"

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
}
