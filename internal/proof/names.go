package proof

import (
	"slices"
	"sync"

	"github.com/overseaswarehouse/overseas/internal/lang"
)

// nameTexts are the names that the library gives to what events bring along and to the numbers of steps, in the order of
// lang.All. Those with a point cannot be names of cards.
func nameTexts() map[string][lang.Count]string {
	named.once.Do(func() { named.all = makeNameTexts() })
	return named.all
}

// named keeps them. They are made when they are first asked for, and not when a program starts.
var named struct {
	once sync.Once
	all  map[string][lang.Count]string
}

func makeNameTexts() map[string][lang.Count]string {
	return map[string][lang.Count]string{
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
		"share.chargeable":     {"chargeable weight", "计费重", "frachtpflichtiges Gewicht", "peso facturable", "poids taxable", "peso tassabile", "расчётный вес", "berat tagih"},
		"share.weights":        {"sum of the weights", "权重合计", "Summe der Gewichtungen", "suma de las ponderaciones", "somme des pondérations", "somma dei pesi", "сумма весовых коэффициентов", "jumlah bobot"},
		"share.given":          {"weight given by the caller", "调用方给定的权重", "vorgegebene Gewichtung", "ponderación indicada", "pondération indiquée", "peso indicato", "заданный весовой коэффициент", "bobot yang diberikan"},
		"share.exact":          {"exact share", "精确份额", "genauer Anteil", "parte exacta", "part exacte", "quota esatta", "точная доля", "bagian tepat"},
		"share.cut":            {"rounded share", "取整后的份额", "gerundeter Anteil", "parte redondeada", "part arrondie", "quota arrotondata", "округлённая доля", "bagian dibulatkan"},
		"share.lost":           {"lost by rounding", "取整损失", "durch Rundung verloren", "perdido por redondeo", "perdu par l'arrondi", "perso per arrotondamento", "потеряно при округлении", "hilang karena pembulatan"},
		"share.remainder":      {"remainder", "尾差", "Rest", "resto", "reste", "resto", "остаток", "sisa"},
		"share.extra":          {"of the remainder", "分得的尾差", "vom Rest", "del resto", "du reste", "del resto", "из остатка", "dari sisa"},
		"share.position":       {"position", "位置", "Stelle", "posición", "position", "posizione", "место", "posisi"},
		"share.rank":           {"rank", "名次", "Rang", "orden", "rang", "posizione in ordine", "место по величине", "peringkat"},
		"share.sign":           {"sign", "符号", "Vorzeichen", "signo", "signe", "segno", "знак", "tanda"},
		"share.magnitude":      {"amount without its sign", "金额绝对值", "Betrag ohne Vorzeichen", "importe sin signo", "montant sans signe", "importo senza segno", "сумма без знака", "jumlah tanpa tanda"},
		"share.left":           {"left", "剩余", "verbleibend", "restante", "restant", "rimanente", "осталось", "tersisa"},
		"share.times":          {"whole times", "整倍数", "ganze Male", "veces enteras", "fois entières", "volte intere", "целых раз", "kali utuh"},
		"share.measure":        {"common measure", "最大公约数", "gemeinsames Maß", "medida común", "mesure commune", "misura comune", "общая мера", "ukuran bersama"},
		"share.unshared":       {"not shared", "未分摊", "nicht verteilt", "sin repartir", "non réparti", "non ripartito", "не распределено", "tidak terbagi"},
		"cost.purchase":        {"purchase", "采购成本", "Einkauf", "compra", "achat", "acquisto", "закупка", "pembelian"},
		"cost.first_leg":       {"first leg", "头程运费", "Vorlauf", "primer tramo", "premier tronçon", "prima tratta", "первое плечо", "angkutan pertama"},
		"cost.storage":         {"storage", "仓储费", "Lagerung", "almacenaje", "stockage", "stoccaggio", "хранение", "penyimpanan"},
		"cost.handling":        {"handling", "操作费", "Abwicklung", "manipulación", "traitement", "movimentazione", "обработка", "penanganan"},
		"cost.local_delivery":  {"local delivery", "尾程派送费", "Zustellung", "entrega local", "livraison locale", "consegna locale", "местная доставка", "pengiriman lokal"},
		"cost.tariff":          {"tariff", "关税", "Zoll", "arancel", "droits de douane", "dazi", "пошлины", "bea masuk"},
		"cost.tax":             {"tax", "税费", "Steuer", "impuesto", "taxe", "imposta", "налог", "pajak"},
		"cost.other":           {"other", "其它费用", "Sonstiges", "otros", "autres", "altro", "прочее", "lainnya"},
		"cost.whole":           {"whole cost", "总成本", "gesamte Kosten", "coste completo", "coût entier", "costo intero", "вся стоимость", "seluruh biaya"},
		"cost.sum":             {"cost", "成本", "Kosten", "coste", "coût", "costo", "стоимость в учёте", "biaya"},
		"cost.taken":           {"units taken", "出库件数", "entnommene Einheiten", "unidades retiradas", "unités prélevées", "unità prelevate", "взято единиц", "unit diambil"},
		"cost.units_left":      {"units left", "剩余件数", "verbleibende Einheiten", "unidades restantes", "unités restantes", "unità rimanenti", "осталось единиц", "unit tersisa"},
		"cost.bill":            {"bill", "账单", "Rechnung", "factura", "facture", "fattura", "счёт к оплате", "tagihan"},
		"cost.replaced":        {"replaced bill", "被替换的账单", "ersetzte Rechnung", "factura sustituida", "facture remplacée", "fattura sostituita", "заменённый счёт", "tagihan yang diganti"},
		"cost.gone":            {"share of the units gone", "已出库部分的份额", "Anteil der abgegangenen Einheiten", "parte de las unidades salidas", "part des unités sorties", "quota delle unità uscite", "доля выбывших единиц", "bagian unit yang keluar"},
		"cost.kept":            {"share of the units held", "在库部分的份额", "Anteil der vorhandenen Einheiten", "parte de las unidades existentes", "part des unités détenues", "quota delle unità presenti", "доля имеющихся единиц", "bagian unit yang ada"},
		"cost.charges":         {"charges", "订单费用", "Kosten der Bestellung", "cargos", "frais", "addebiti", "сборы", "biaya pesanan"},
		"cost.expenses":        {"expenses", "费用合计", "Ausgaben", "gastos", "dépenses", "spese", "расходы", "pengeluaran biaya"},
		"decision.found":       {"found", "发现", "gefunden", "hallado", "constaté", "riscontrato", "выявлено", "ditemukan"},
		"decision.days":        {"days until the filing", "距提交日天数", "Tage bis zur Einreichung", "días hasta la presentación", "jours avant le dépôt", "giorni fino alla presentazione", "дней до подачи", "hari sampai pengajuan"},
		"decision.limit":       {"limit of the policy", "政策限值", "Grenze der Richtlinie", "límite de la política", "limite de la politique", "limite della politica", "предел по правилам", "batas kebijakan"},
		"decision.on_hand":     {"on hand", "在库", "vorhanden", "en almacén", "en stock", "in magazzino", "на складе", "di gudang"},
		"decision.in_transit":  {"in transit", "在途", "unterwegs", "en tránsito", "en transit", "in viaggio", "в пути", "dalam perjalanan"},
		"decision.counted":     {"pieces that count", "计入件数", "angerechnete Stücke", "piezas que cuentan", "pièces comptées", "pezzi che contano", "учтено штук", "jumlah yang dihitung"},
		"decision.need":        {"pieces needed", "要求件数", "benötigte Stücke", "piezas necesarias", "pièces requises", "pezzi necessari", "нужно штук", "jumlah yang dibutuhkan"},
		"decision.short":       {"missing", "缺少", "fehlend", "faltante", "manquant", "mancante", "не хватает", "kurang"},
		"decision.rejecting":   {"reasons to reject", "不通过的理由数", "Ablehnungsgründe", "motivos de rechazo", "motifs de refus", "motivi di rifiuto", "оснований для отказа", "alasan penolakan"},
		"decision.unclear":     {"open questions", "未明事项数", "offene Fragen", "cuestiones abiertas", "questions ouvertes", "questioni aperte", "открытых вопросов", "pertanyaan terbuka"},
		"decision.advice":      {"pieces of advice", "建议数", "Hinweise", "consejos", "conseils", "consigli", "рекомендаций", "saran"},
		"decision.outcome":     {"outcome (0 approved, 1 undetermined, 2 rejected)", "结论（0 通过，1 无法判定，2 不通过）", "Ergebnis (0 genehmigt, 1 unentschieden, 2 abgelehnt)", "resultado (0 aprobada, 1 indeterminada, 2 rechazada)", "résultat (0 approuvée, 1 indéterminée, 2 refusée)", "esito (0 approvata, 1 indeterminata, 2 respinta)", "итог (0 одобрено, 1 не определено, 2 отклонено)", "hasil (0 disetujui, 1 belum pasti, 2 ditolak)"},
		"decision.not_active":  {"rule not in force", "规则未启用", "Regel nicht in Kraft", "regla no vigente", "règle hors vigueur", "regola non in vigore", "правило не действует", "aturan tidak berlaku"},
		"decision.other_scope": {"rule for other applications", "规则适用于其他申请", "Regel für andere Anträge", "regla para otras solicitudes", "règle pour d'autres demandes", "regola per altre domande", "правило для других заявок", "aturan untuk permohonan lain"},
		"entry.cash_outlay":    {"paid at the border", "边境实付", "an der Grenze gezahlt", "pagado en frontera", "payé à la frontière", "pagato in frontiera", "уплачено на границе", "dibayar di perbatasan"},
		"entry.net_cost":       {"net cost", "净成本", "Nettokosten", "coste neto", "coût net", "costo netto", "чистая стоимость", "biaya bersih"},
		"entry.up_to":          {"up to this line", "累计至本行", "bis zu dieser Zeile", "hasta esta línea", "jusqu'à cette ligne", "fino a questa riga", "до этой строки включительно", "sampai baris ini"},
		"entry.running":        {"running sum", "累计", "laufende Summe", "suma acumulada", "somme cumulée", "somma progressiva", "нарастающий итог", "jumlah berjalan"},
		"parcel.direct":        {"direct parcel", "直邮包裹", "Direktpaket", "paquete directo", "colis direct", "pacco diretto", "прямая посылка", "paket langsung"},
		"parcel.duty":          {"duty", "关税", "Zoll", "arancel", "droit de douane", "dazio", "пошлина", "bea masuk"},
		"parcel.tax":           {"tax at the import", "进口环节税", "Steuer bei der Einfuhr", "impuesto en la importación", "taxe à l'importation", "imposta all'importazione", "налог при ввозе", "pajak saat impor"},
		"parcel.sale_tax":      {"tax at the sale", "销售环节税", "Steuer beim Verkauf", "impuesto en la venta", "taxe à la vente", "imposta alla vendita", "налог при продаже", "pajak saat penjualan"},
		"parcel.charge":        {"charge on parcels", "包裹附加费", "Abgabe auf Pakete", "cargo sobre paquetes", "redevance sur les colis", "contributo sui pacchi", "сбор с посылок", "pungutan atas paket"},
		"parcel.tariff":        {"by the tariff", "按税则", "nach Zolltarif", "según el arancel", "selon le tarif douanier", "secondo la tariffa doganale", "по таможенному тарифу", "menurut tarif bea"},
		"parcel.duties":        {"duties of the lines", "各行关税", "Zölle der Zeilen", "aranceles de las líneas", "droits des lignes", "dazi delle righe", "пошлины по строкам", "bea masuk tiap baris"},
		"parcel.import_tax":    {"tax on imports", "进口税", "Einfuhrsteuer", "impuesto a la importación", "taxe sur les importations", "imposta sulle importazioni", "налог на импорт", "pajak impor"},
		"parcel.none":          {"nothing", "无", "nichts", "nada", "rien", "niente", "ничего", "tidak ada"},
		"parcel.duty_relief":   {"duty relief", "关税免征", "Zollbefreiung", "franquicia arancelaria", "franchise de droits", "franchigia doganale", "освобождение от пошлины", "pembebasan bea masuk"},
		"parcel.tax_relief":    {"tax relief", "税款免征", "Steuerbefreiung", "franquicia del impuesto", "franchise de taxe", "franchigia d'imposta", "освобождение от налога", "pembebasan pajak"},
		"parcel.flat_duty":     {"flat duty", "定额关税", "Pauschalzoll", "arancel fijo", "droit forfaitaire", "dazio forfettario", "фиксированная пошлина", "bea masuk tetap"},
		"parcel.tax_at_sale":   {"collected at the sale", "销售时代收", "beim Verkauf erhoben", "cobrado en la venta", "perçue à la vente", "riscossa alla vendita", "взимается при продаже", "dipungut saat penjualan"},
		"parcel.sent":          {"goods, freight and insurance", "货款、运费与保险费", "Waren, Fracht und Versicherung", "mercancía, flete y seguro", "marchandises, fret et assurance", "merci, nolo e assicurazione", "товар, фрахт и страхование", "barang, angkutan, dan asuransi"},
		"parcel.item":          {"item", "件", "Artikel", "artículo", "article", "articolo", "единица товара", "barang"},
		"parcel.items":         {"items", "件数", "Artikel", "artículos", "articles", "articoli", "единицы товара", "jumlah barang"},
		"parcel.subheading":    {"subheading", "税则子目", "Unterposition", "subpartida", "sous-position", "sottovoce", "субпозиция", "subpos"},
		"parcel.subheadings":   {"different subheadings", "不同税则子目数", "verschiedene Unterpositionen", "subpartidas distintas", "sous-positions différentes", "sottovoci diverse", "разные субпозиции", "subpos berbeda"},
		"plan.placed":          {"orders placed", "下单数", "aufgegebene Bestellungen", "pedidos realizados", "commandes passées", "ordini effettuati", "размещено заказов", "pesanan dibuat"},
		"plan.pace":            {"pace of sales", "销售速度", "Absatztempo", "ritmo de ventas", "rythme de vente", "ritmo di vendita", "темп продаж", "laju penjualan"},
		"plan.sold":            {"sold so far, before it is cut to whole orders", "累计销量（取整前）", "bisher verkauft, vor dem Kürzen auf ganze Bestellungen", "vendido hasta ahora, antes de cortar a pedidos enteros", "vendu jusqu’ici, avant coupe en commandes entières", "venduto finora, prima del taglio a ordini interi", "продано до сих пор, до отсечения до целых заказов", "terjual sejauh ini, sebelum dipotong ke pesanan utuh"},
		"plan.orders":          {"orders", "订单数", "Bestellungen", "pedidos", "commandes", "ordini", "заказы", "pesanan"},
		"plan.counted":         {"counted so far", "累计计数", "bisher gezählt", "contado hasta ahora", "compté jusqu’ici", "contato finora", "учтено до сих пор", "terhitung sejauh ini"},
		"plan.hit":             {"of which affected, cut to whole ones", "其中受影响数（取整）", "davon betroffen, auf ganze gekürzt", "de ellos afectados, enteros", "dont concernés, en entiers", "di cui colpiti, interi", "из них затронуто, целых", "yang terkena, dipotong ke bilangan bulat"},
		"plan.share":           {"share expected", "预计比例", "erwarteter Anteil", "proporción prevista", "part attendue", "quota prevista", "ожидаемая доля", "porsi yang diperkirakan"},
		"plan.pieces":          {"pieces in an order", "每单件数", "Stück je Bestellung", "piezas por pedido", "pièces par commande", "pezzi per ordine", "штук в заказе", "unit per pesanan"},
		"plan.missing":         {"units missing", "短缺件数", "fehlende Einheiten", "unidades faltantes", "unités manquantes", "unità mancanti", "недостающие единицы", "unit yang hilang"},
		"plan.times":           {"times", "次数", "Anzahl der Vorgänge", "veces", "fois", "volte", "раз", "kali"},
		"plan.each":            {"cost of one order", "单个订单成本", "Kosten einer Bestellung", "coste de un pedido", "coût d’une commande", "costo di un ordine", "стоимость одного заказа", "biaya satu pesanan"},
		"plan.booked":          {"booked", "入账金额", "gebucht", "contabilizado", "comptabilisé", "contabilizzato", "проведено", "dibukukan"},
		"plan.rounding":        {"rounding of what is booked", "入账取整差额", "Rundung des Gebuchten", "redondeo de lo contabilizado", "arrondi du comptabilisé", "arrotondamento del contabilizzato", "округление проведённого", "pembulatan yang dibukukan"},
		"plan.left":            {"left at the end", "期末剩余", "am Ende übrig", "queda al final", "reste à la fin", "rimane alla fine", "остаток в конце", "sisa di akhir"},
		"plan.payment":         {"payment", "付款", "Zahlung", "pago", "paiement", "pagamento", "платёж", "pembayaran"},
		"plan.tied_up":         {"tied up", "占用资金", "gebunden", "inmovilizado", "immobilisé", "immobilizzato", "связано средств", "modal terikat"},
		"plan.tied_up_days":    {"amounts tied up times days", "占用金额×天数", "gebundene Beträge mal Tage", "importes inmovilizados por días", "montants immobilisés fois jours", "importi immobilizzati per giorni", "связанные суммы × дни", "jumlah terikat kali hari"},
		"plan.day":             {"day of the plan", "计划第几日", "Tag des Plans", "día del plan", "jour du plan", "giorno del piano", "день плана", "hari rencana"},
		"plan.term":            {"days of the term", "期限天数", "Tage der Frist", "días del plazo", "jours du délai", "giorni del termine", "дней срока", "hari tempo"},
		"plan.due":             {"due day", "应付日", "Fälligkeitstag", "día de vencimiento", "jour d’échéance", "giorno di scadenza", "день платежа", "hari jatuh tempo"},
		"plan.days":            {"days", "天数", "Tage", "días", "jours", "giorni", "дни", "jumlah hari"},
		"plan.horizon":         {"days of the plan", "计划天数", "Tage des Plans", "días del plan", "jours du plan", "giorni del piano", "дней плана", "hari dalam rencana"},
		"plan.capital":         {"cost of capital, per cent a year", "资金成本（年百分率）", "Kapitalkosten, Prozent im Jahr", "coste del capital, por ciento anual", "coût du capital, pour cent par an", "costo del capitale, per cento annuo", "стоимость капитала, процентов в год", "biaya modal, persen per tahun"},
		"plan.year":            {"per cent and days of a year", "百分数与全年天数", "Prozent und Tage eines Jahres", "por ciento y días de un año", "pour cent et jours d’une année", "per cento e giorni di un anno", "процентов и дней в году", "persen dan hari setahun"},
		"plan.daily":           {"cost of capital a day", "每日资金成本", "Kapitalkosten am Tag", "coste del capital al día", "coût du capital par jour", "costo del capitale al giorno", "стоимость капитала в день", "biaya modal per hari"},
		"plan.paid_orders":     {"paid orders", "已付款订单数", "bezahlte Bestellungen", "pedidos pagados", "commandes payées", "ordini pagati", "оплаченные заказы", "pesanan terbayar"},
		"plan.paid_units":      {"units of paid orders", "已付款订单件数", "Einheiten bezahlter Bestellungen", "unidades de pedidos pagados", "unités des commandes payées", "unità degli ordini pagati", "единицы оплаченных заказов", "unit pesanan terbayar"},
		"plan.batches":         {"batches", "批次数", "Chargen", "lotes", "lots", "lotti", "партии", "kiriman"},
		"plan.months":          {"months", "月数", "Monate", "meses", "mois", "mesi", "месяцы", "bulan"},
		"total":                {"total", "合计", "Summe", "total", "total", "totale", "итого", "jumlah"},
	}
}

// Called is what a step is called in a language: a name of the library in its words, a name of a card or a caller as it
// stands.
func Called(l lang.Lang, name string) string {
	t, ok := nameTexts()[name]
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
	list := make([]string, 0, len(nameTexts()))
	for name := range nameTexts() {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}
