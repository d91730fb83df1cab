package scenario

import (
	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// texts is one thing said in the languages of lang.All.
type texts = [lang.Count]string

// word ids of the views
const (
	wTitle          = "title"
	wStatus         = "status"
	wPerOrder       = "per_order"
	wPerUnit        = "per_unit"
	wPerBatch       = "per_batch"
	wPerMonth       = "per_month"
	wTotal          = "total"
	wPurchase       = "purchase"
	wInterest       = "interest"
	wPlaced         = "placed"
	wPaid           = "paid"
	wRefused        = "refused"
	wLost           = "lost"
	wDamaged        = "damaged"
	wSentBack       = "sent_back"
	wDelivery       = "delivery_days"
	wLead           = "lead_days"
	wTracking       = "tracking"
	wReturns        = "returns"
	wPeak           = "peak"
	wLeft           = "left"
	wUplift         = "uplift"
	wNet            = "net_per_order"
	wYes            = "yes"
	wNo             = "no"
	wComeBack       = "come_back"
	wRefundAlone    = "refund_alone"
	wIncomplete     = "incomplete"
	wEstimated      = "estimated"
	wExact          = "exact"
	wMissing        = "missing"
	wCaveats        = "caveats"
	wRecommendation = "recommendation"
	wNone           = "none_complete"
	wOnlyOne        = "only_one"
	wLowest         = "lowest_cost"
	wEqual          = "equal"
	wMostly         = "mostly"
	wAside          = "aside"
	wDays           = "days"
	wOrdersUnits    = "orders_units"
	wOrdersCost     = "orders_cost"
	wUnitsCost      = "units_cost"
	wOn             = "on"
	wCalendar       = "calendar"
	wDate           = "date"
	wFor            = "for"
	wAmount         = "amount"
	wPayFirstLeg    = "pay.first_leg"
	wPayTariff      = "pay.tariff"
	wPayImportTax   = "pay.import_tax"
	wPayTaxBack     = "pay.tax_back"
	wPayReceipt     = "pay.receipt"
	wPayStorage     = "pay.storage"
	wPayRent        = "pay.rent"
	wPayOrders      = "pay.orders"
	wKeep           = "aged.keep"
	wDiscount       = "aged.discount"
	wMove           = "aged.move"
	wRemove         = "aged.remove"
	wDestroy        = "aged.destroy"
	wTurn           = "turn"
	wTie            = "tie"
	wBetween        = "turn.between"
	wFirst          = "first"
	wSecond         = "second"
	wRange          = "range"
)

// wordTexts are all words of the views.
var wordTexts = map[string]texts{
	wTitle:          {"Is it worth it?", "海外仓是否划算？", "Lohnt es sich?", "¿Vale la pena?", "Est-ce que cela vaut la peine ?", "Conviene?", "Стоит ли это того?", "Apakah menguntungkan?"},
	wStatus:         {"status", "状态", "Status", "estado", "statut", "stato", "статус", "status"},
	wPerOrder:       {"cost per paid order", "每个成交订单成本", "Kosten je bezahlter Bestellung", "coste por pedido pagado", "coût par commande payée", "costo per ordine pagato", "затраты на оплаченный заказ", "biaya per pesanan terbayar"},
	wPerUnit:        {"cost per unit sold", "每件售出成本", "Kosten je verkauftem Stück", "coste por unidad vendida", "coût par unité vendue", "costo per unità venduta", "затраты на проданную единицу", "biaya per unit terjual"},
	wPerBatch:       {"cost per batch", "每批次成本", "Kosten je Charge", "coste por lote", "coût par lot", "costo per lotto", "затраты на партию", "biaya per kiriman"},
	wPerMonth:       {"cost per month", "每月成本", "Kosten je Monat", "coste por mes", "coût par mois", "costo al mese", "затраты в месяц", "biaya per bulan"},
	wTotal:          {"total", "合计", "Summe", "total", "total", "totale", "итого", "total"},
	wPurchase:       {"purchase", "采购成本", "Einkauf", "compra", "achat", "acquisto", "закупка", "pembelian"},
	wInterest:       {"cost of capital", "资金占用成本", "Kapitalkosten", "coste de capital", "coût du capital", "costo del capitale", "стоимость капитала", "biaya modal"},
	wPlaced:         {"orders placed", "下单数", "Bestellungen", "pedidos recibidos", "commandes reçues", "ordini ricevuti", "размещено заказов", "pesanan masuk"},
	wPaid:           {"orders paid", "成交订单数", "bezahlte Bestellungen", "pedidos pagados", "commandes payées", "ordini pagati", "оплачено заказов", "pesanan terbayar"},
	wRefused:        {"refused at customs", "清关被拒", "vom Zoll abgewiesen", "rechazados en aduana", "refusées en douane", "respinti in dogana", "не пропущено таможней", "ditolak pabean"},
	wLost:           {"lost", "丢件", "verloren", "perdidos", "perdues", "smarriti", "утеряно", "hilang"},
	wDamaged:        {"damaged", "破损", "beschädigt", "dañados", "endommagées", "danneggiati", "повреждено", "rusak"},
	wSentBack:       {"returned", "退货", "retourniert", "devueltos", "retournées", "resi", "возвращено", "dikembalikan"},
	wDelivery:       {"days to the buyer", "配送时效（天）", "Tage bis zum Käufer", "días hasta el comprador", "jours jusqu'à l'acheteur", "giorni fino all'acquirente", "дней до покупателя", "hari sampai pembeli"},
	wLead:           {"days from purchase to sale", "采购至可售（天）", "Tage vom Einkauf zum Verkauf", "días de la compra a la venta", "jours de l'achat à la vente", "giorni dall'acquisto alla vendita", "дней от закупки до продажи", "hari dari pembelian hingga penjualan"},
	wTracking:       {"tracking", "物流跟踪", "Sendungsverfolgung", "seguimiento", "suivi", "tracciamento", "отслеживание", "pelacakan"},
	wReturns:        {"unwanted goods", "退换货", "unerwünschte Ware", "mercancía no deseada", "articles non voulus", "merce non voluta", "неподошедший товар", "barang tak diinginkan"},
	wPeak:           {"most money tied up", "资金占用峰值", "höchste Kapitalbindung", "máximo inmovilizado", "maximum immobilisé", "massimo immobilizzato", "наибольшая сумма в обороте", "modal terikat tertinggi"},
	wLeft:           {"stock left", "期末库存", "Restbestand", "existencias restantes", "stock restant", "giacenza residua", "остаток", "sisa stok"},
	wUplift:         {"earned by selling more", "增量毛利", "Ertrag aus Mehrverkauf", "ganancia por vender más", "gain des ventes en plus", "guadagno dalle vendite in più", "доход от роста продаж", "laba dari penjualan tambahan"},
	wNet:            {"cost per paid order less that", "扣除增量毛利后每单成本", "Kosten je bezahlter Bestellung danach", "coste por pedido pagado descontado", "coût par commande payée, déduction faite", "costo per ordine pagato al netto", "затраты на заказ за вычетом", "biaya per pesanan setelah dikurangi"},
	wYes:            {"yes", "有", "ja", "sí", "oui", "sì", "да", "ya"},
	wNo:             {"no", "无", "nein", "no", "non", "no", "нет", "tidak"},
	wComeBack:       {"come back", "退回仓库", "kommt zurück", "vuelve", "revient", "torna", "возвращается", "kembali"},
	wRefundAlone:    {"refund without return", "仅退款不退货", "Erstattung ohne Rückgabe", "reembolso sin devolución", "remboursement sans retour", "rimborso senza reso", "возврат денег без товара", "pengembalian dana tanpa barang"},
	wIncomplete:     {"incomplete", "不完整", "unvollständig", "incompleto", "incomplet", "incompleto", "неполный", "belum lengkap"},
	wEstimated:      {"estimated", "估算", "geschätzt", "estimado", "estimé", "stimato", "оценка", "perkiraan"},
	wExact:          {"exact", "精确", "exakt", "exacto", "exact", "esatto", "точный", "pasti"},
	wMissing:        {"Missing", "缺少", "Es fehlt", "Falta", "Il manque", "Manca", "Не хватает", "Belum ada"},
	wCaveats:        {"Bills may differ", "账单可能有出入", "Rechnungen können abweichen", "Las facturas pueden variar", "Les factures peuvent différer", "Le fatture possono differire", "Счета могут отличаться", "Tagihan dapat berbeda"},
	wRecommendation: {"Recommendation", "建议", "Empfehlung", "Recomendación", "Recommandation", "Raccomandazione", "Рекомендация", "Rekomendasi"},
	wNone: {
		"none: no alternative has all that is needed", "无：没有资料完整的方案", "keine: keine Alternative ist vollständig", "ninguna: ninguna alternativa está completa",
		"aucune : aucune option n'est complète", "nessuna: nessuna alternativa è completa", "нет: ни один вариант не полон", "tidak ada: belum ada pilihan yang lengkap",
	},
	wOnlyOne: {
		"{name}: no other alternative has figures", "{name}：其他方案没有数据", "{name}: keine andere Alternative hat Zahlen", "{name}: ninguna otra alternativa tiene cifras",
		"{name} : aucune autre option n'a de chiffres", "{name}: nessun'altra alternativa ha cifre", "{name}: у других вариантов нет расчёта", "{name}: pilihan lain tidak memiliki angka",
	},
	wLowest: {
		"{name}: a paid order costs {amount} less than by {over}", "{name}：每个成交订单比{over}少 {amount}", "{name}: eine bezahlte Bestellung kostet {amount} weniger als mit {over}",
		"{name}: un pedido pagado cuesta {amount} menos que con {over}", "{name} : une commande payée coûte {amount} de moins qu'avec {over}", "{name}: un ordine pagato costa {amount} in meno che con {over}",
		"{name}: оплаченный заказ дешевле на {amount}, чем через {over}", "{name}: satu pesanan terbayar lebih murah {amount} daripada {over}",
	},
	wEqual: {
		"{name}: an order costs as much as by {over}", "{name}：每单成本与{over}相同", "{name}: eine Bestellung kostet so viel wie mit {over}", "{name}: un pedido cuesta lo mismo que con {over}",
		"{name} : une commande coûte autant qu'avec {over}", "{name}: un ordine costa quanto con {over}", "{name}: заказ стоит столько же, сколько через {over}", "{name}: satu pesanan sama biayanya dengan {over}",
	},
	wMostly: {
		"its greatest advantage is {part}: {amount}", "最大优势在于{part}：{amount}", "der größte Vorteil liegt bei {part}: {amount}", "su mayor ventaja está en {part}: {amount}",
		"son plus grand avantage : {part}, {amount}", "il vantaggio maggiore è in {part}: {amount}", "наибольшее преимущество — {part}: {amount}", "keunggulan terbesarnya pada {part}: {amount}",
	},
	wAside: {
		"left out, because something is missing: {n}", "因资料缺失未参与比较：{n}", "ausgelassen, weil etwas fehlt: {n}", "omitidas por falta de datos: {n}", "écartées, faute de données : {n}",
		"escluse per dati mancanti: {n}", "не учтено из-за нехватки данных: {n}", "tidak disertakan karena data kurang: {n}",
	},
	wDays:         {"{min}–{max}", "{min}–{max}", "{min}–{max}", "{min}–{max}", "{min}–{max}", "{min}–{max}", "{min}–{max}", "{min}–{max}"},
	wOrdersUnits:  {"{orders} ({units} units)", "{orders}（{units} 件）", "{orders} ({units} Stück)", "{orders} ({units} unidades)", "{orders} ({units} unités)", "{orders} ({units} unità)", "{orders} ({units} шт.)", "{orders} ({units} unit)"},
	wOrdersCost:   {"{orders}, costing {amount}", "{orders} 单，成本 {amount}", "{orders}, Kosten {amount}", "{orders}, coste {amount}", "{orders}, coût {amount}", "{orders}, costo {amount}", "{orders}, затраты {amount}", "{orders}, biaya {amount}"},
	wUnitsCost:    {"{units} units, {amount}", "{units} 件，{amount}", "{units} Stück, {amount}", "{units} unidades, {amount}", "{units} unités, {amount}", "{units} unità, {amount}", "{units} шт., {amount}", "{units} unit, {amount}"},
	wOn:           {"{amount} on {date}", "{amount}（{date}）", "{amount} am {date}", "{amount} el {date}", "{amount} le {date}", "{amount} il {date}", "{amount} ({date})", "{amount} pada {date}"},
	wCalendar:     {"Cash calendar", "付款日历", "Zahlungskalender", "Calendario de pagos", "Calendrier des paiements", "Calendario dei pagamenti", "Календарь платежей", "Kalender pembayaran"},
	wDate:         {"date", "日期", "Datum", "fecha", "date", "data", "дата", "tanggal"},
	wFor:          {"for", "用途", "für", "por", "pour", "per", "за что", "untuk"},
	wAmount:       {"amount", "金额", "Betrag", "importe", "montant", "importo", "сумма", "jumlah"},
	wPayFirstLeg:  {"first-leg freight", "头程运费", "Vorlauf", "primer tramo", "premier tronçon", "prima tratta", "доставка до склада", "pengiriman tahap pertama"},
	wPayTariff:    {"tariff", "关税", "Einfuhrabgaben", "aranceles", "droits de douane", "dazi", "таможенные платежи", "bea masuk"},
	wPayImportTax: {"import tax, recoverable", "可抵扣的进口增值税", "Einfuhrumsatzsteuer, erstattbar", "impuesto a la importación, recuperable", "taxe à l'importation, récupérable", "imposta all'importazione, recuperabile", "импортный налог к возврату", "pajak impor, dapat dikreditkan"},
	wPayTaxBack:   {"import tax got back", "进口增值税退回", "erstattete Einfuhrumsatzsteuer", "impuesto a la importación recuperado", "taxe à l'importation récupérée", "imposta all'importazione recuperata", "возвращённый импортный налог", "pajak impor diterima kembali"},
	wPayReceipt:   {"receiving", "入库上架费", "Wareneingang", "recepción", "réception", "ricevimento", "приёмка", "penerimaan"},
	wPayStorage:   {"storage", "仓租", "Lagerung", "almacenaje", "stockage", "stoccaggio", "хранение", "penyimpanan"},
	wPayRent:      {"monthly charges", "月度固定费用", "monatliche Kosten", "cargos mensuales", "frais mensuels", "costi mensili", "ежемесячные платежи", "biaya bulanan"},
	wPayOrders:    {"handling and delivery", "操作费与尾程派送费", "Abwicklung und Zustellung", "manipulación y entrega", "manutention et livraison", "movimentazione e consegna", "обработка и доставка", "penanganan dan pengantaran"},
	wKeep:         {"keep", "继续存放", "behalten", "conservar", "garder", "tenere", "хранить дальше", "simpan"},
	wDiscount:     {"discount", "降价促销", "Preis senken", "rebajar", "solder", "scontare", "снизить цену", "diskon"},
	wMove:         {"move", "调拨移仓", "verlegen", "trasladar", "déplacer", "spostare", "переместить", "pindahkan"},
	wRemove:       {"remove", "撤仓退回", "abholen", "retirar", "retirer", "ritirare", "забрать", "tarik"},
	wDestroy:      {"destroy", "销毁", "vernichten", "destruir", "détruire", "distruggere", "уничтожить", "musnahkan"},
	wTurn: {
		"from {x} on {first} is cheaper: {cost} against {other} by {second} (at {before}: {was} against {wasOther})",
		"自 {x} 起{first}更便宜：{cost}，{second}为 {other}（{before} 时：{was} 对 {wasOther}）",
		"ab {x} ist {first} günstiger: {cost} gegen {other} mit {second} (bei {before}: {was} gegen {wasOther})",
		"desde {x} es más barato {first}: {cost} frente a {other} con {second} (en {before}: {was} frente a {wasOther})",
		"à partir de {x}, {first} est moins cher : {cost} contre {other} avec {second} (à {before} : {was} contre {wasOther})",
		"da {x} in poi conviene {first}: {cost} contro {other} con {second} (a {before}: {was} contro {wasOther})",
		"начиная с {x} дешевле {first}: {cost} против {other} через {second} (при {before}: {was} против {wasOther})",
		"mulai {x}, {first} lebih murah: {cost} dibanding {other} dengan {second} (pada {before}: {was} dibanding {wasOther})",
	},
	wTie: {
		"at {x} both cost the same: {first} {cost}, {second} {other} (at {before}: {was} against {wasOther})",
		"{x} 时两者成本相同：{first} {cost}，{second} {other}（{before} 时：{was} 对 {wasOther}）",
		"bei {x} kosten beide gleich viel: {first} {cost}, {second} {other} (bei {before}: {was} gegen {wasOther})",
		"en {x} cuestan lo mismo: {first} {cost}, {second} {other} (en {before}: {was} frente a {wasOther})",
		"à {x}, les deux coûtent autant : {first} {cost}, {second} {other} (à {before} : {was} contre {wasOther})",
		"a {x} costano uguale: {first} {cost}, {second} {other} (a {before}: {was} contro {wasOther})",
		"при {x} стоимость одинакова: {first} {cost}, {second} {other} (при {before}: {was} против {wasOther})",
		"pada {x} biayanya sama: {first} {cost}, {second} {other} (pada {before}: {was} dibanding {wasOther})",
	},
	wBetween: {
		"in between at least one of them has no price", "其间至少有一方没有价格", "dazwischen hat mindestens eine keinen Preis", "en medio al menos uno no tiene precio",
		"entre les deux, l'un au moins n'a pas de prix", "nel mezzo almeno uno non ha prezzo", "между ними хотя бы у одного нет цены", "di antaranya setidaknya satu tidak memiliki harga",
	},
	wFirst:  {"the first", "第一个", "die erste", "el primero", "le premier", "il primo", "первый", "yang pertama"},
	wSecond: {"the second", "第二个", "die zweite", "el segundo", "le second", "il secondo", "второй", "yang kedua"},
	wRange:  {"{from} to {to}", "{from} 至 {to}", "{from} bis {to}", "de {from} a {to}", "de {from} à {to}", "da {from} a {to}", "от {from} до {to}", "{from} sampai {to}"},
	"verdict.no_price": {
		"neither {first} nor {second} has a price", "{first}与{second}均无价格", "weder {first} noch {second} hat einen Preis", "ni {first} ni {second} tienen precio",
		"ni {first} ni {second} n'ont de prix", "né {first} né {second} hanno un prezzo", "ни {first}, ни {second} не имеют цены", "{first} maupun {second} tidak memiliki harga",
	},
	"verdict.first_cheaper": {
		"{first} is cheaper than {second}", "{first}比{second}便宜", "{first} ist günstiger als {second}", "{first} es más barato que {second}",
		"{first} est moins cher que {second}", "{first} costa meno, {second} di più", "{first} дешевле, чем {second}", "{first} lebih murah daripada {second}",
	},
	"verdict.second_cheaper": {
		"{second} is cheaper than {first}", "{second}比{first}便宜", "{second} ist günstiger als {first}", "{second} es más barato que {first}",
		"{second} est moins cher que {first}", "{second} costa meno, {first} di più", "{second} дешевле, чем {first}", "{second} lebih murah daripada {first}",
	},
	"verdict.tie": {
		"{first} and {second} cost the same", "{first}与{second}成本相同", "{first} und {second} kosten gleich viel", "{first} y {second} cuestan lo mismo",
		"{first} et {second} coûtent autant l'un que l'autre", "{first} e {second} costano uguale", "{first} и {second} стоят одинаково", "{first} dan {second} sama biayanya",
	},
	"verdict.first_only": {
		"only {first} has a price", "只有{first}有价格", "nur {first} hat einen Preis", "solo {first} tiene precio",
		"seul {first} a un prix", "solo {first} ha un prezzo", "только {first} имеет цену", "hanya {first} yang memiliki harga",
	},
	"verdict.second_only": {
		"only {second} has a price", "只有{second}有价格", "nur {second} hat einen Preis", "solo {second} tiene precio",
		"seul {second} a un prix", "solo {second} ha un prezzo", "только {second} имеет цену", "hanya {second} yang memiliki harga",
	},
	"vary.stay_days":        {"days that goods are there before they are needed", "提前备货天数", "Tage, die Ware vor ihrem Bedarf da ist", "días que la mercancía está antes de hacer falta", "jours de présence avant le besoin", "giorni di presenza prima del bisogno", "дней на складе до потребности", "hari barang ada sebelum dibutuhkan"},
	"vary.orders_per_month": {"orders a month", "每月订单数", "Bestellungen im Monat", "pedidos al mes", "commandes par mois", "ordini al mese", "заказов в месяц", "pesanan per bulan"},
	"vary.batch_units":      {"units in a batch", "每批件数", "Stück je Charge", "unidades por lote", "unités par lot", "unità per lotto", "единиц в партии", "unit per kiriman"},
	"vary.batch_days":       {"days between batches", "补货间隔（天）", "Tage zwischen Chargen", "días entre lotes", "jours entre les lots", "giorni tra i lotti", "дней между партиями", "hari antar kiriman"},
	"vary.exchange_rate":    {"exchange rate", "汇率", "Wechselkurs", "tipo de cambio", "taux de change", "tasso di cambio", "обменный курс", "kurs"},
	"vary.capital":          {"cost of capital a year", "年资金成本", "Kapitalkosten im Jahr", "coste de capital anual", "coût annuel du capital", "costo annuo del capitale", "стоимость капитала в год", "biaya modal per tahun"},
}

// say is a word in a language, with values in place of names.
func say(id string, l lang.Lang, pairs ...string) string {
	t := wordTexts[id]
	if int(l) >= lang.Count {
		l = lang.En
	}
	return problem.Expand(t[l], func(name string) (string, bool) {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1], true
			}
		}
		return "", false
	})
}

// Text says the status in the language nearest to tag.
func (s Status) Text(tag language.Tag) string { return say(s.String(), lang.Of(tag)) }

// Text says the fate in the language nearest to tag.
func (f Fate) Text(tag language.Tag) string { return say(f.String(), lang.Of(tag)) }

// Text says what is paid for in the language nearest to tag.
func (p Payable) Text(tag language.Tag) string {
	if p == PayPurchase {
		return say(wPurchase, lang.Of(tag))
	}
	return say("pay."+p.String(), lang.Of(tag))
}

// Text says the way in the language nearest to tag.
func (r Returns) Text(tag language.Tag) string { return say(r.String(), lang.Of(tag)) }

// Text says the recommendation in the language nearest to tag, with its reason.
func (r Recommendation) Text(tag language.Tag) string {
	l := lang.Of(tag)
	text := say(r.Why.String(), l, "name", r.Name, "over", r.Over, "amount", r.Saves.Format(tag))
	if r.Why == LowestCost && r.MostlyBy.Sign() > 0 {
		part := componentText(r.Mostly, tag)
		if r.Interest {
			part = say(wInterest, l)
		}
		text += semicolon(l) + say(wMostly, l, "part", part, "amount", r.MostlyBy.Format(tag))
	}
	if r.Incomplete > 0 && r.Why != NoneComplete {
		text += semicolon(l) + say(wAside, l, "n", count(l, int64(r.Incomplete)))
	}
	return text
}

func semicolon(l lang.Lang) string {
	switch l {
	case lang.ZhHans:
		return "；"
	case lang.Fr:
		return " ; "
	}
	return "; "
}

func colon(l lang.Lang) string {
	switch l {
	case lang.ZhHans:
		return "："
	case lang.Fr:
		return " : "
	}
	return ": "
}
