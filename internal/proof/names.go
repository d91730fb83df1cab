package proof

import (
	"slices"

	"github.com/overseaswarehouse/overseas/internal/lang"
)

// nameTexts are the names that the library gives to what events bring along and to the numbers of steps, in the order of
// lang.All.
var nameTexts = map[string][lang.Count]string{
	"weight":               {"weight", "实重", "Gewicht", "peso", "poids", "peso", "вес", "berat"},
	"volume":               {"volume", "体积", "Volumen", "volumen", "volume", "volume", "объём", "volume"},
	"longest":              {"longest side", "最长边", "längste Seite", "lado mayor", "plus grand côté", "lato maggiore", "наибольшая сторона", "sisi terpanjang"},
	"second":               {"second side", "次长边", "zweitlängste Seite", "segundo lado", "deuxième côté", "secondo lato", "вторая сторона", "sisi kedua"},
	"third":                {"third side", "最短边", "kürzeste Seite", "lado menor", "plus petit côté", "lato minore", "наименьшая сторона", "sisi terpendek"},
	"girth":                {"girth", "围长", "Gurtmaß", "contorno", "pourtour", "circonferenza", "обхват", "lingkar"},
	"length_girth":         {"length plus girth", "长加围长", "Länge plus Gurtmaß", "largo más contorno", "longueur plus pourtour", "lunghezza più circonferenza", "длина плюс обхват", "panjang ditambah lingkar"},
	"side_sum":             {"sum of the sides", "三边之和", "Summe der Seiten", "suma de los lados", "somme des côtés", "somma dei lati", "сумма сторон", "jumlah sisi"},
	"units":                {"units", "件数", "Einheiten", "unidades", "unités", "unità", "единицы", "unit"},
	"pieces":               {"pieces", "箱/包裹数", "Packstücke", "bultos", "colis", "colli", "места", "koli"},
	"lines":                {"lines", "行数", "Zeilen", "líneas", "lignes", "righe", "строки", "baris"},
	"value":                {"value", "货值", "Warenwert", "valor", "valeur", "valore", "стоимость", "nilai"},
	"goods":                {"goods", "货款", "Waren", "mercancía", "marchandises", "merci", "товар", "barang"},
	"packing":              {"packing", "包装费", "Verpackung", "embalaje", "emballage", "imballaggio", "упаковка", "kemasan"},
	"origin_inland":        {"inland freight at origin", "起运地内陆运费", "Vorfracht im Ursprungsland", "transporte interior en origen", "transport intérieur au départ", "trasporto interno all'origine", "перевозка в стране отправления", "angkutan darat di asal"},
	"freight_to_border":    {"freight to the border", "运至边境的运费", "Fracht bis zur Grenze", "flete hasta la frontera", "fret jusqu'à la frontière", "nolo fino al confine", "фрахт до границы", "ongkos sampai perbatasan"},
	"insurance":            {"insurance", "保险费", "Versicherung", "seguro", "assurance", "assicurazione", "страхование", "asuransi"},
	"freight_after_border": {"freight after the border", "边境之后的运费", "Fracht nach der Grenze", "flete tras la frontera", "fret après la frontière", "nolo dopo il confine", "фрахт после границы", "ongkos setelah perbatasan"},
	"duties":               {"duty", "关税税率", "Zollsatz", "arancel", "droit de douane", "dazio", "пошлина", "bea masuk"},
	"billed":               {"billed", "已计费", "berechnet", "facturado", "facturé", "fatturato", "начислено", "ditagih"},
	"country":              {"country", "国家", "Land", "país", "pays", "paese", "страна", "negara"},
	"warehouse":            {"warehouse", "仓库", "Lager", "almacén", "entrepôt", "magazzino", "склад", "gudang"},
	"postal_code":          {"postal code", "邮编", "Postleitzahl", "código postal", "code postal", "codice postale", "почтовый индекс", "kode pos"},
	"date":                 {"date", "日期", "Datum", "fecha", "date", "data", "дата", "tanggal"},
	"age":                  {"stock age", "库龄", "Lageralter", "antigüedad del stock", "âge du stock", "età della giacenza", "срок хранения", "umur stok"},
	"day":                  {"day of the stay", "在库天数", "Tag der Lagerung", "día de estancia", "jour de stockage", "giorno di giacenza", "день хранения", "hari ke"},
	"carton":               {"carton", "箱", "Karton", "caja", "carton", "cartone", "короб", "karton"},
	"parcel":               {"parcel", "包裹", "Paket", "paquete", "colis", "pacco", "посылка", "paket"},
	"unit":                 {"unit", "件", "Einheit", "unidad", "unité", "unità", "единица", "unit"},
	"item":                 {"item", "商品", "Artikel", "artículo", "article", "articolo", "товар", "barang"},
	"piece":                {"piece", "件", "Stück", "bulto", "colis", "collo", "место", "koli"},
	"lot":                  {"lot", "批次", "Los", "lote", "lot", "lotto", "партия", "lot"},
	"line":                 {"line", "行", "Zeile", "línea", "ligne", "riga", "строка", "baris"},
	"order":                {"order", "订单", "Bestellung", "pedido", "commande", "ordine", "заказ", "pesanan"},
	"consignment":          {"consignment", "票", "Sendung", "envío", "envoi", "spedizione", "партия груза", "kiriman"},
	"delivery":             {"delivery", "入库单", "Anlieferung", "entrega", "livraison", "consegna", "поставка", "kedatangan"},
	"account":              {"account", "账户", "Konto", "cuenta", "compte", "conto", "счёт", "akun"},
	"return":               {"return", "退货单", "Rücksendung", "devolución", "retour", "reso", "возврат", "retur"},
	"removal":              {"removal", "移除单", "Auslagerung", "retirada", "enlèvement", "rimozione", "вывоз", "pengeluaran"},
	"entry":                {"entry", "报关单", "Zollanmeldung", "declaración", "déclaration", "dichiarazione", "декларация", "pemberitahuan"},
	"period":               {"period", "周期", "Zeitraum", "periodo", "période", "periodo", "период", "periode"},
	"event":                {"event", "业务", "Vorgang", "operación", "opération", "operazione", "операция", "kejadian"},
	"days":                 {"days", "天", "Tage", "días", "jours", "giorni", "дн.", "hari"},
	"length":               {"length", "长", "Länge", "largo", "longueur", "lunghezza", "длина", "panjang"},
	"width":                {"width", "宽", "Breite", "ancho", "largeur", "larghezza", "ширина", "lebar"},
	"height":               {"height", "高", "Höhe", "alto", "hauteur", "altezza", "высота", "tinggi"},
	"count":                {"count", "数量", "Anzahl", "cantidad", "nombre", "numero", "количество", "jumlah"},
	"amount":               {"amount", "金额", "Betrag", "importe", "montant", "importo", "сумма", "jumlah uang"},
	"rate":                 {"rate", "费率", "Satz", "tipo", "taux", "aliquota", "ставка", "tarif"},
	"ratio":                {"ratio", "换算比", "Umrechnung", "relación", "rapport", "rapporto", "соотношение", "rasio"},
	"factor":               {"factor", "系数", "Faktor", "factor", "facteur", "fattore", "коэффициент", "faktor"},
	"less":                 {"less", "减去", "abzüglich", "menos", "moins", "meno", "за вычетом", "dikurangi"},
	"plus":                 {"plus", "加上", "zuzüglich", "más", "plus", "più", "плюс", "ditambah"},
	"free":                 {"free of charge", "免费额度", "kostenlos", "sin cargo", "gratuit", "gratuito", "бесплатно", "bebas biaya"},
	"minimum":              {"minimum", "最低", "Minimum", "mínimo", "minimum", "minimo", "минимум", "minimum"},
	"maximum":              {"maximum", "最高", "Maximum", "máximo", "maximum", "massimo", "максимум", "maksimum"},
	"step":                 {"step", "进位单位", "Schrittweite", "escalón", "pas", "passo", "шаг", "kelipatan"},
	"tolerance":            {"tolerance", "容差", "Toleranz", "tolerancia", "tolérance", "tolleranza", "допуск", "toleransi"},
	"to":                   {"rounded to", "取整单位", "gerundet auf", "redondeado a", "arrondi à", "arrotondato a", "округление до", "dibulatkan ke"},
	"minor_unit":           {"minor unit", "最小货币单位", "kleinste Einheit", "unidad mínima", "plus petite unité", "unità minima", "наименьшая единица", "satuan terkecil"},
	"per":                  {"price is for", "计价单位", "Preis gilt für", "precio por", "prix pour", "prezzo per", "цена за", "harga untuk"},
	"each":                 {"each", "每", "je", "cada", "chaque", "ciascuno", "за каждые", "setiap"},
	"next":                 {"next bracket", "下一区间", "nächste Stufe", "tramo siguiente", "tranche suivante", "scaglione successivo", "следующая ступень", "jenjang berikutnya"},
	"over":                 {"over", "超过", "über", "más de", "plus de", "oltre", "более", "di atas"},
	"from":                 {"from", "起", "ab", "desde", "à partir de", "da", "от", "mulai"},
	"below":                {"below", "低于", "unter", "menos de", "moins de", "meno di", "менее", "di bawah"},
	"up_to":                {"up to", "不超过", "bis", "hasta", "jusqu’à", "fino a", "до", "sampai"},
	"time":                 {"time", "时间", "Zeit", "tiempo", "durée", "tempo", "время", "waktu"},
	"present":              {"present", "在库", "vorhanden", "presente", "présent", "presente", "в наличии", "tersedia"},
	"share":                {"share", "分摊", "Anteil", "parte", "part", "quota", "доля", "bagian"},
	"the_only_goods":       {"the only goods", "唯一货品", "einzige Ware", "única mercancía", "seule marchandise", "unica merce", "единственный товар", "satu-satunya barang"},
	"edition":              {"edition", "版本", "Ausgabe", "edición", "édition", "edizione", "редакция", "edisi"},
	"total":                {"total", "合计", "Summe", "total", "total", "totale", "итого", "jumlah"},
}

// Called is what a step is called in a language: a name of the library in its words, a name of a card or a caller as it
// stands.
func Called(l lang.Lang, name string) string {
	t, ok := nameTexts[name]
	if !ok {
		return name
	}
	if int(l) >= lang.Count {
		l = lang.En
	}
	return t[l]
}

// Names lists the names that have words.
func Names() []string {
	list := make([]string, 0, len(nameTexts))
	for name := range nameTexts {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}
