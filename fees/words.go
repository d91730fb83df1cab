package fees

import (
	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/layout"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// texts is one thing said in the languages of lang.All.
type texts = [lang.Count]string

// in is a text in a language.
func in(t texts, l lang.Lang) string {
	if int(l) >= lang.Count {
		l = lang.En
	}
	return t[l]
}

var familyTexts = [...]texts{
	FirstLeg:      {"first-leg freight", "头程运费", "Vorlauf", "primer tramo", "premier tronçon", "prima tratta", "доставка до склада", "pengiriman tahap pertama"},
	Storage:       {"storage", "仓储费", "Lagerung", "almacenaje", "stockage", "stoccaggio", "хранение", "penyimpanan"},
	Handling:      {"handling", "操作费", "Abwicklung", "manipulación", "manutention", "movimentazione", "обработка", "penanganan"},
	LocalDelivery: {"local delivery", "尾程派送费", "Zustellung", "entrega local", "livraison locale", "consegna locale", "местная доставка", "pengantaran lokal"},
	Tariff:        {"tariff", "关税", "Einfuhrabgaben", "aranceles", "droits de douane", "dazi", "таможенные платежи", "bea masuk"},
	Tax:           {"tax", "税费", "Steuer", "impuestos", "taxes", "imposte", "налоги", "pajak"},
	Other:         {"other", "其它费用", "Sonstiges", "otros", "autres frais", "altro", "прочее", "lain-lain"},
}

var kindTexts = [...]texts{
	OnConsign: {"consignment", "头程发货", "Versand ins Lager", "envío al almacén", "expédition vers l'entrepôt", "spedizione al magazzino", "отправка на склад", "pengiriman ke gudang"},
	OnImport:  {"customs entry", "进口报关", "Zollanmeldung", "despacho de importación", "déclaration d'importation", "dichiarazione d'importazione", "таможенная декларация", "pemberitahuan impor"},
	OnReceive: {"receipt", "入库", "Wareneingang", "recepción", "réception", "ricevimento", "приёмка", "penerimaan"},
	OnStore:   {"stay", "在库仓储", "Lagerzeit", "estancia", "séjour", "giacenza", "хранение на складе", "masa simpan"},
	OnOrder:   {"order", "订单", "Bestellung", "pedido", "commande", "ordine", "заказ", "pesanan"},
	OnReturn:  {"return", "退货", "Rücksendung", "devolución", "retour", "reso", "возврат", "retur"},
	OnRemove:  {"removal", "移除", "Auslagerung", "retirada", "enlèvement", "rimozione", "вывоз со склада", "pengeluaran stok"},
	OnPeriod:  {"billing period", "结算周期", "Abrechnungszeitraum", "periodo de facturación", "période de facturation", "periodo di fatturazione", "расчётный период", "periode tagihan"},
}

// The texts of a state name {by} where another charge decides.
var stateTexts = [...]texts{
	NotPriced: {"not priced by these cards", "价卡未列价", "von diesen Preislisten nicht bepreist", "sin precio en estas tarifas", "sans prix dans ces tarifs", "senza prezzo in questi listini", "цены в этих прейскурантах нет", "tidak ada harganya di daftar tarif ini"},
	NotAsked:  {"not asked about", "未询价", "nicht angefragt", "no consultado", "non demandé", "non richiesto", "не запрошено", "tidak ditanyakan"},
	Priced:    {"priced", "已计价", "bepreist", "con precio", "chiffré", "prezzato", "рассчитано", "sudah dihitung"},
	Free:      {"free", "免费", "kostenlos", "gratis", "gratuit", "gratuito", "бесплатно", "gratis"},
	Included:  {"included", "已包含", "enthalten", "incluido", "inclus", "incluso", "включено", "sudah termasuk"},
}

var (
	freeBy     = texts{"free by {by}", "免费（{by}）", "kostenlos nach {by}", "gratis según {by}", "gratuit selon {by}", "gratuito secondo {by}", "бесплатно по {by}", "gratis menurut {by}"}
	includedIn = texts{"included in {by}", "已包含在 {by} 中", "enthalten in {by}", "incluido en {by}", "inclus dans {by}", "incluso in {by}", "включено в {by}", "termasuk dalam {by}"}
	colon      = texts{"{name}: {value}", "{name}：{value}", "{name}: {value}", "{name}: {value}", "{name} : {value}", "{name}: {value}", "{name}: {value}", "{name}: {value}"}
)

var statusTexts = [...]texts{
	Exact:      {"exact", "准确", "genau", "exacto", "exact", "esatto", "точно", "pasti"},
	Estimated:  {"estimated", "预估", "geschätzt", "estimado", "estimé", "stimato", "ориентировочно", "perkiraan"},
	Incomplete: {"incomplete", "资料不完整", "unvollständig", "incompleto", "incomplet", "incompleto", "неполно", "tidak lengkap"},
}

var basisTexts = [...]texts{
	ByDefault: {"the usual basis", "默认方式", "übliche Grundlage", "base habitual", "base habituelle", "base abituale", "обычная база", "dasar yang lazim"},
	ByWeight:  {"weight", "重量", "Gewicht", "peso", "poids", "peso", "вес", "berat"},
	ByVolume:  {"volume", "体积", "Volumen", "volumen", "volume", "volume", "объём", "volume"},
	ByValue:   {"value", "货值", "Wert", "valor", "valeur", "valore", "стоимость", "nilai"},
	ByUnits:   {"number of units", "件数", "Stückzahl", "número de unidades", "nombre d'unités", "numero di unità", "количество единиц", "jumlah unit"},
}

// The texts of a caveat name {card} and {detail}.
var caveatTexts = map[CaveatCode]texts{
	CaveatConfirmed: {
		"{card}: no end of some rules is known; they were last confirmed on {detail}",
		"{card}：部分规则未公布失效日期，最近一次核实于 {detail}",
		"{card}: für manche Regeln ist kein Ende bekannt; zuletzt bestätigt am {detail}",
		"{card}: de algunas reglas no se conoce el final; se confirmaron por última vez el {detail}",
		"{card} : la fin de certaines règles n'est pas connue ; dernière confirmation le {detail}",
		"{card}: di alcune regole non è nota la fine; ultima conferma il {detail}",
		"{card}: срок действия некоторых правил неизвестен; последняя проверка {detail}",
		"{card}: akhir beberapa aturan tidak diketahui; terakhir dipastikan pada {detail}",
	},
	CaveatOverride: {
		"{card}: {detail} is a fact that the caller has supplied",
		"{card}：{detail} 由调用方提供",
		"{card}: {detail} ist eine eigene Angabe des Anwenders",
		"{card}: {detail} es un dato aportado por el usuario",
		"{card} : {detail} est une donnée fournie par l'utilisateur",
		"{card}: {detail} è un dato fornito dall'utente",
		"{card}: {detail} задано пользователем",
		"{card}: {detail} adalah data dari pengguna",
	},
	CaveatAssumed: {
		"{card}: {detail} is not known; customs take a share of the value instead",
		"{card}：{detail} 未知，按海关认可的货值比例计",
		"{card}: {detail} ist nicht bekannt; der Zoll setzt einen Anteil des Werts an",
		"{card}: no se conoce {detail}; la aduana toma una parte del valor",
		"{card} : {detail} n'est pas connu ; la douane retient une part de la valeur",
		"{card}: {detail} non è noto; la dogana prende una quota del valore",
		"{card}: {detail} неизвестно; таможня принимает долю стоимости",
		"{card}: {detail} tidak diketahui; pabean memakai persentase dari nilai",
	},
	CaveatOption: {
		"{card}: of several ways to declare, the cheapest is priced: {detail}",
		"{card}：存在多种申报方式，按总额最低者计：{detail}",
		"{card}: von mehreren Arten der Anmeldung ist die günstigste berechnet: {detail}",
		"{card}: de varias formas de declarar se calcula la más barata: {detail}",
		"{card} : de plusieurs façons de déclarer, la moins chère est retenue : {detail}",
		"{card}: tra più modi di dichiarare è calcolato il più conveniente: {detail}",
		"{card}: из нескольких вариантов декларирования рассчитан самый дешёвый: {detail}",
		"{card}: dari beberapa cara pemberitahuan dihitung yang termurah: {detail}",
	},
	CaveatEmpty: {
		"{card}: the event holds nothing, so charges by piece came to nothing",
		"{card}：该事件不含任何货物，按件收取的费用计为零",
		"{card}: das Ereignis enthält nichts, stückweise Gebühren ergaben nichts",
		"{card}: el evento no contiene nada, los cargos por pieza quedaron en nada",
		"{card} : l'événement ne contient rien, les frais à la pièce sont nuls",
		"{card}: l'evento non contiene nulla, gli addebiti a pezzo sono nulli",
		"{card}: событие пусто, поштучные сборы не начислены",
		"{card}: peristiwa ini kosong, biaya per barang menjadi nihil",
	},
	CaveatUnsized: {
		"{card}: no size was given, so volumetric weight and size limits were not checked",
		"{card}：未提供尺寸，未核算体积重，也未检查尺寸限制",
		"{card}: ohne Maße wurden Volumengewicht und Größengrenzen nicht geprüft",
		"{card}: sin medidas no se comprobaron el peso volumétrico ni los límites de tamaño",
		"{card} : sans dimensions, ni le poids volumétrique ni les limites de taille n'ont été vérifiés",
		"{card}: senza misure non sono stati verificati il peso volumetrico e i limiti di dimensione",
		"{card}: размеры не указаны, объёмный вес и предельные размеры не проверены",
		"{card}: ukuran tidak diisi, sehingga berat volumetrik dan batas ukuran tidak diperiksa",
	},
	CaveatUndated: {
		"{card}: the list does not say from when it holds; it was read on {detail}",
		"{card}：价卡未注明生效日期，查阅于 {detail}",
		"{card}: die Preisliste sagt nicht, ab wann sie gilt; gelesen am {detail}",
		"{card}: la tarifa no dice desde cuándo rige; se leyó el {detail}",
		"{card} : le tarif ne dit pas depuis quand il vaut ; il a été lu le {detail}",
		"{card}: il listino non dice da quando vale; è stato letto il {detail}",
		"{card}: в прейскуранте не указано, с какого дня он действует; прочитан {detail}",
		"{card}: daftar tarif tidak menyebut sejak kapan berlaku; dibaca pada {detail}",
	},
	CaveatTax: {
		"{card}: the list does not say whether its prices include tax, or at which rate it is added",
		"{card}：价卡未说明价格是否含税，或未注明税率",
		"{card}: die Preisliste sagt nicht, ob Steuer enthalten ist oder zu welchem Satz sie hinzukommt",
		"{card}: la tarifa no dice si sus precios incluyen impuestos ni a qué tipo se añaden",
		"{card} : le tarif ne dit pas si ses prix comprennent la taxe, ni à quel taux elle s'ajoute",
		"{card}: il listino non dice se i prezzi comprendono l'imposta né con quale aliquota si aggiunge",
		"{card}: в прейскуранте не сказано, включён ли налог в цены и по какой ставке он начисляется",
		"{card}: daftar tarif tidak menyebut apakah harga sudah termasuk pajak atau berapa tarif pajaknya",
	},
}

// FamilyName is what a family is called in the language nearest to tag; "" for a family that is none.
func FamilyName(f Family, tag language.Tag) string {
	if f == 0 || int(f) >= len(familyTexts) {
		return ""
	}
	return in(familyTexts[f], lang.Of(tag))
}

// KindName is what a kind of event is called in the language nearest to tag; "" for a kind that is none.
func KindName(k Kind, tag language.Tag) string {
	if k == 0 || int(k) >= len(kindTexts) {
		return ""
	}
	return in(kindTexts[k], lang.Of(tag))
}

// Text says the state in the language nearest to tag.
func (s State) Text(tag language.Tag) string {
	return in(stateTexts[min(s, Included)], lang.Of(tag))
}

// Text says the status in the language nearest to tag.
func (s Status) Text(tag language.Tag) string {
	return in(statusTexts[min(s, Incomplete)], lang.Of(tag))
}

// Text says the basis in the language nearest to tag.
func (b Basis) Text(tag language.Tag) string {
	return in(basisTexts[min(b, ByUnits)], lang.Of(tag))
}

// Text says the reason in the language nearest to tag, with the card and the detail it is about.
func (c Caveat) Text(tag language.Tag) string {
	t, ok := caveatTexts[c.Code]
	if !ok {
		return string(c.Code)
	}
	l := lang.Of(tag)
	return fillIn(in(t, l), "card", c.Card, "detail", layout.Date(l, c.Detail))
}

// Text is the part in words and amounts of the language nearest to tag: "Lagerung: 12,50 €".
func (p Part) Text(tag language.Tag) string {
	return fillIn(in(colon, lang.Of(tag)), "name", FamilyName(p.Family, tag), "value", p.value(tag))
}

// value is the amount of a part, or why there is none.
func (p Part) value(tag language.Tag) string {
	l := lang.Of(tag)
	switch {
	case p.State == Priced:
		return p.Amount.Format(tag)
	case p.State == Included:
		return fillIn(in(includedIn, l), "by", p.By)
	case p.State == Free && p.By != "":
		return fillIn(in(freeBy, l), "by", p.By)
	}
	return in(stateTexts[min(p.State, Included)], l)
}

// fillIn puts values in place of the names of a text.
func fillIn(text string, pairs ...string) string {
	return problem.Expand(text, func(name string) (string, bool) {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1], true
			}
		}
		return "", false
	})
}
