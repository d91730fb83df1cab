package batch

import (
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// texts is one text in the order of lang.All.
type texts = [lang.Count]string

// phrase is a text of explanations.
type phrase uint8

const (
	phShared phrase = iota
	phLanded
	phEstimated
	phOrder
	phEntry
	phMovement
	phCostOnly
	phBasis
	phMonth
	phClosed
	phAwaiting
	phOwed
	phExpense
	phOf
	phrases
)

var phraseTexts = [phrases]texts{
	phShared:    {"{amount} shared by {driver}; what is left over: {method}", "{amount} 按{driver}分摊；尾差：{method}", "{amount} verteilt nach {driver}; Rest: {method}", "{amount} repartido por {driver}; resto: {method}", "{amount} réparti par {driver} ; reste : {method}", "{amount} ripartito per {driver}; resto: {method}", "{amount}, распределено: {driver}; остаток: {method}", "{amount} dibagi menurut {driver}; sisa: {method}"},
	phLanded:    {"Landed cost: {amount}", "到库成本：{amount}", "Einstandskosten: {amount}", "Coste en destino: {amount}", "Coût de revient rendu : {amount}", "Costo a destino: {amount}", "Себестоимость с доставкой: {amount}", "Biaya sampai gudang: {amount}"},
	phEstimated: {"{name} is an estimate, to be replaced by the actual bill", "{name} 为预估，待实际账单替换", "{name} ist eine Schätzung, die durch die tatsächliche Rechnung ersetzt wird", "{name} es una estimación que la factura real sustituirá", "{name} est une estimation, à remplacer par la facture réelle", "{name} è una stima, da sostituire con la fattura effettiva", "{name}: оценка, которую заменит фактический счёт", "{name} adalah perkiraan, akan diganti tagihan sebenarnya"},
	phOrder:     {"Order {name}: {amount}", "订单 {name}：{amount}", "Bestellung {name}: {amount}", "Pedido {name}: {amount}", "Commande {name} : {amount}", "Ordine {name}: {amount}", "Заказ {name}: {amount}", "Pesanan {name}: {amount}"},
	phEntry:     {"Entry {name}: {amount}", "分录 {name}：{amount}", "Buchung {name}: {amount}", "Asiento {name}: {amount}", "Écriture {name} : {amount}", "Registrazione {name}: {amount}", "Проводка {name}: {amount}", "Entri {name}: {amount}"},
	phMovement:  {"{date} {name}: {units} × {goods}, {from} → {to}", "{date} {name}：{units} × {goods}，{from} → {to}", "{date} {name}: {units} × {goods}, {from} → {to}", "{date} {name}: {units} × {goods}, {from} → {to}", "{date} {name} : {units} × {goods}, {from} → {to}", "{date} {name}: {units} × {goods}, {from} → {to}", "{date} {name}: {units} × {goods}, {from} → {to}", "{date} {name}: {units} × {goods}, {from} → {to}"},
	phCostOnly:  {"{date} {name}: cost of {goods}, {from} → {to}", "{date} {name}：{goods} 的成本，{from} → {to}", "{date} {name}: Kosten von {goods}, {from} → {to}", "{date} {name}: coste de {goods}, {from} → {to}", "{date} {name} : coût de {goods}, {from} → {to}", "{date} {name}: costo di {goods}, {from} → {to}", "{date} {name}: стоимость {goods}, {from} → {to}", "{date} {name}: biaya {goods}, {from} → {to}"},
	phBasis:     {"What it rests on", "计算依据", "Worauf es beruht", "En qué se basa", "Sur quoi cela repose", "Su che cosa si basa", "На чём это основано", "Dasar perhitungannya"},
	phMonth:     {"average of the month", "月度平均计价", "Durchschnitt des Monats", "promedio del mes", "moyenne du mois", "media del mese", "средняя за месяц", "rata-rata bulan"},
	phClosed:    {"entry {name} is in a closed period: how it was split among the units is taken as booked", "分录 {name} 属于已关账期间：其在各批货品间的拆分按已入账数采用", "Buchung {name} liegt in einer abgeschlossenen Periode: ihre Aufteilung gilt wie gebucht", "el asiento {name} está en un periodo cerrado: su reparto se toma como se contabilizó", "l’écriture {name} est dans une période close : sa répartition est reprise telle que comptabilisée", "la registrazione {name} è in un periodo chiuso: la sua ripartizione vale come registrata", "проводка {name} в закрытом периоде: её распределение взято, как проведено", "entri {name} ada di periode tertutup: pembagiannya diambil sebagaimana dibukukan"},
	phAwaiting:  {"{units} units of {goods} have no cost until the month has ended", "{units} 件 {goods} 须待月末才有成本", "{units} Einheiten von {goods} haben bis zum Monatsende keine Kosten", "{units} unidades de {goods} no tienen coste hasta que acabe el mes", "{units} unités de {goods} n’ont pas de coût avant la fin du mois", "{units} unità di {goods} non hanno costo fino alla fine del mese", "{units} ед. {goods} получат стоимость по окончании месяца", "{units} unit {goods} belum berbiaya sampai akhir bulan"},
	phOwed:      {"{units} units of {goods} were sold and have not arrived", "{units} 件 {goods} 已售但尚未到库", "{units} Einheiten von {goods} sind verkauft und noch nicht eingetroffen", "{units} unidades de {goods} se vendieron y no han llegado", "{units} unités de {goods} sont vendues et pas encore arrivées", "{units} unità di {goods} sono vendute e non ancora arrivate", "{units} ед. {goods} проданы и ещё не поступили", "{units} unit {goods} sudah terjual dan belum tiba"},
	phExpense:   {"{name}: {amount} by {driver}; what is left over: {method}", "{name}：{amount}，按{driver}分摊；尾差：{method}", "{name}: {amount} nach {driver}; Rest: {method}", "{name}: {amount} por {driver}; resto: {method}", "{name} : {amount} par {driver} ; reste : {method}", "{name}: {amount} per {driver}; resto: {method}", "{name}: {amount}, распределение: {driver}; остаток: {method}", "{name}: {amount} menurut {driver}; sisa: {method}"},
	phOf:        {"{name}: {amount}", "{name}：{amount}", "{name}: {amount}", "{name}: {amount}", "{name} : {amount}", "{name}: {amount}", "{name}: {amount}", "{name}: {amount}"},
}

var driverTexts = [...]texts{
	ByValue:      {"value", "货值", "Warenwert", "valor", "valeur", "valore", "по стоимости", "nilai"},
	ByUnits:      {"units", "件数", "Stückzahl", "unidades", "unités", "unità", "по единицам", "unit"},
	ByWeight:     {"weight", "实重", "Gewicht", "peso", "poids", "peso", "по весу", "berat"},
	ByVolume:     {"volume", "体积", "Volumen", "volumen", "volume", "volume", "по объёму", "volume"},
	ByChargeable: {"chargeable weight", "计费重", "frachtpflichtigem Gewicht", "peso facturable", "poids taxable", "peso tassabile", "по расчётному весу", "berat tagih"},
	ByCartons:    {"cartons", "箱数", "Kartons", "cajas", "cartons", "cartoni", "по коробам", "karton"},
	Equally:      {"equal parts", "各行等额", "gleichen Teilen", "partes iguales", "parts égales", "parti uguali", "поровну", "bagian sama"},
	ByGiven:      {"given weights", "给定权重", "vorgegebener Gewichtung", "ponderaciones dadas", "pondérations données", "pesi indicati", "по заданным весам", "bobot yang diberikan"},
}

var methodTexts = [...]texts{
	LargestRemainder: {"a unit each to the lines that lost most by rounding", "逐分归于取整损失最大的行", "je eine Einheit den Zeilen mit dem größten Rundungsverlust", "una unidad a cada línea que más perdió al redondear", "une unité à chacune des lignes qui ont le plus perdu à l’arrondi", "un’unità a ciascuna delle righe che hanno perso di più", "по единице строкам с наибольшей потерей", "satu unit ke tiap baris yang paling banyak hilang"},
	LastLine:         {"to the last line", "归于最后一行", "der letzten Zeile", "a la última línea", "à la dernière ligne", "all’ultima riga", "последней строке", "ke baris terakhir"},
	LargestLine:      {"to the line of the greatest weight", "归于权重最大的行", "der Zeile mit dem größten Gewicht", "a la línea de mayor peso", "à la ligne de plus grand poids", "alla riga di peso maggiore", "строке с наибольшим весом", "ke baris dengan bobot terbesar"},
	FirstLines:       {"a unit each to the first lines", "逐分归于最前面的行", "je eine Einheit den ersten Zeilen", "una unidad a cada una de las primeras líneas", "une unité à chacune des premières lignes", "un’unità a ciascuna delle prime righe", "по единице первым строкам", "satu unit ke tiap baris pertama"},
	LargestWeights:   {"a unit each to the lines of the greatest weight", "逐分归于权重最大的各行", "je eine Einheit den Zeilen mit dem größten Gewicht", "una unidad a cada línea de mayor peso", "une unité à chacune des lignes de plus grand poids", "un’unità a ciascuna delle righe di peso maggiore", "по единице строкам с наибольшим весом", "satu unit ke tiap baris berbobot terbesar"},
	UpLast:           {"rounded up, the difference to the last line", "向上进位，差额归于最后一行", "aufgerundet, Differenz der letzten Zeile", "redondeo hacia arriba, la diferencia a la última línea", "arrondi vers le haut, la différence à la dernière ligne", "per eccesso, la differenza all’ultima riga", "вверх, разность последней строке", "dibulatkan ke atas, selisih ke baris terakhir"},
	Running:          {"each line its part of what is left", "各行依次取剩余部分的份额", "jede Zeile ihren Teil des Verbleibenden", "cada línea su parte de lo que queda", "chaque ligne sa part de ce qui reste", "ogni riga la sua parte del rimanente", "каждой строке её часть остатка", "tiap baris bagiannya dari yang tersisa"},
	RunningBack:      {"each line its part of what is left, from the last", "自末行起各行依次取剩余部分的份额", "jede Zeile ihren Teil des Verbleibenden, von der letzten an", "cada línea su parte de lo que queda, desde la última", "chaque ligne sa part de ce qui reste, à partir de la dernière", "ogni riga la sua parte del rimanente, dall’ultima", "каждой строке её часть остатка, с последней", "tiap baris bagiannya dari yang tersisa, dari yang terakhir"},
	Separate:         {"kept apart", "单列", "bleibt gesondert", "se mantiene aparte", "gardé à part", "tenuto a parte", "отдельно", "dipisahkan"},
	SeparateBlocks:   {"only whole multiples of the weights are shared, the rest is kept apart", "仅按权重整倍数分摊，余额单列", "nur ganze Vielfache der Gewichte werden verteilt, der Rest bleibt gesondert", "solo se reparten múltiplos enteros de los pesos, el resto va aparte", "seuls des multiples entiers des poids sont répartis, le reste à part", "si ripartiscono solo multipli interi dei pesi, il resto a parte", "распределяются только целые кратные весов, остальное отдельно", "hanya kelipatan utuh bobot yang dibagi, sisanya dipisahkan"},
}

var accountTexts = [accounts]texts{
	Outside:     {"outside", "外部", "außerhalb", "exterior", "extérieur", "esterno", "извне", "luar"},
	Invoiced:    {"invoiced", "发票待分", "fakturiert", "facturado", "facturé", "fatturato", "по счёту-фактуре", "difakturkan"},
	Billed:      {"billed", "账单", "berechnet", "cargado", "imputé", "addebitato", "по счёту", "ditagihkan"},
	Transit:     {"in transit", "在途", "unterwegs", "en tránsito", "en transit", "in viaggio", "в пути", "dalam perjalanan"},
	Stock:       {"stock", "在库", "Bestand", "existencias", "stock", "giacenza", "на складе", "stok"},
	Unsellable:  {"unsellable stock", "不可售库存", "unverkäuflicher Bestand", "existencias no vendibles", "stock invendable", "giacenza invendibile", "неликвид на складе", "stok tak laku"},
	Awaiting:    {"awaiting its value", "待计价", "wartet auf Bewertung", "pendiente de valorar", "en attente de valorisation", "in attesa di valore", "ожидает оценки", "menunggu penilaian"},
	Sold:        {"sold", "已售", "verkauft", "vendido", "vendu", "venduto", "продано", "terjual"},
	Charged:     {"charged to the order", "计入订单", "der Bestellung belastet", "cargado al pedido", "imputé à la commande", "addebitato all’ordine", "отнесено на заказ", "dibebankan ke pesanan"},
	Lost:        {"lost", "丢失", "verloren", "perdido", "perdu", "perso", "утрачено", "hilang"},
	Disposed:    {"disposed of", "已销毁", "entsorgt", "eliminado", "éliminé", "smaltito", "утилизировано", "dimusnahkan"},
	Corrected:   {"missing from a count", "盘亏", "Fehlbestand", "faltante en recuento", "manquant à l’inventaire", "mancante all’inventario", "недостача", "selisih hitung"},
	Compensated: {"compensated", "赔偿", "ersetzt", "compensado", "indemnisé", "risarcito", "возмещено", "diganti rugi"},
	Owed:        {"owed", "欠货", "geschuldet", "adeudado", "dû", "dovuto", "к отгрузке", "terutang"},
	Short:       {"short", "缺货", "fehlend", "en falta", "manquant", "mancante", "нехватка", "kurang"},
}

// say is a phrase with its names filled in.
func say(l lang.Lang, p phrase, pairs ...string) string {
	return problem.Expand(phraseTexts[p][l], func(name string) (string, bool) {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1], true
			}
		}
		return "", false
	})
}

// Text is what the driver shares by, in the language nearest to tag; "" when it is none.
func (d Driver) Text(tag language.Tag) string {
	if int(d) < len(driverTexts) {
		return driverTexts[d][lang.Of(tag)]
	}
	return ""
}

// Text is who bears what is left over, in the language nearest to tag; "" when it is no method.
func (m Method) Text(tag language.Tag) string {
	if int(m) < len(methodTexts) {
		return methodTexts[m][lang.Of(tag)]
	}
	return ""
}

// Text is the account in words, in the language nearest to tag; "" when it is none.
func (a Account) Text(tag language.Tag) string {
	if a < accounts {
		return accountTexts[a][lang.Of(tag)]
	}
	return ""
}

// safe is a caller's text as it may stand in an explanation: what cannot be seen is written with escapes.
func safe(text string) string {
	if quoted := problem.Quote(text); quoted != `"`+text+`"` {
		return quoted
	}
	return text
}

func itoa(n int) string { return strconv.Itoa(n) }

// goods is a SKU with its batch.
func goods(sku, batch string) string {
	return strings.TrimSuffix(safe(sku)+" / "+safe(batch), " / ")
}
