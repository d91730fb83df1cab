package fees

import (
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/proof"
	"github.com/overseaswarehouse/overseas/internal/ratecard"
)

// phrase is a text of explanations.
type phrase uint8

const (
	phTotal phrase = iota
	phCard
	phEdition
	phPublished
	phTier
	phAgreement
	phInForce
	phInForceTo
	phUndated
	phEventOn
	phCovers
	phRecoverable
	phPrepayment
	phCondition
	phSlotOne
	phSlotFirst
	phSlotGreatest
	phSlotLeast
	phComma
	phSemicolon
	phAnd
	phOr
	phNot
	phGreatest
	phRaised
	phLowered
	phLess
	phStepped
	phSlack
	phStarted
	phRounded
	phExcess
	phUpTo
	phBelow
	phFrom
	phOver
	phOverUpTo
	phFromBelow
	phPriceOf
	phPer
	phEachStarted
	phSpan
	phPresent
	phLimit
	phUnrounded
	phRows
	phOverTime
	phNotGiven
	phNothing
	phTopUp
	phNextBreak
	phShare
	phShareRow
	phWhole
	phConverted
	phRateOn
	phUnit
	phJourney
	phApplies
	phraseCount
)

// phrases are the texts of explanations; the names in braces are filled in.
var phrases = [phraseCount]texts{
	phTotal:        {"total", "合计", "Summe", "total", "total", "totale", "итого", "jumlah"},
	phCard:         {"card {card}", "价卡 {card}", "Preisliste {card}", "tarifa {card}", "tarif {card}", "listino {card}", "прейскурант {card}", "daftar tarif {card}"},
	phEdition:      {"edition {edition}", "版本 {edition}", "Ausgabe {edition}", "edición {edition}", "édition {edition}", "edizione {edition}", "редакция {edition}", "edisi {edition}"},
	phPublished:    {"published price", "公布价", "veröffentlichter Preis", "precio publicado", "prix publié", "prezzo pubblicato", "опубликованная цена", "harga yang diumumkan"},
	phTier:         {"tier price of {account}", "等级价（{account}）", "Staffelpreis von {account}", "precio por nivel de {account}", "prix de palier de {account}", "prezzo di livello di {account}", "цена по уровню {account}", "harga tingkat {account}"},
	phAgreement:    {"agreement price of {account}", "协议价（{account}）", "vereinbarter Preis von {account}", "precio acordado de {account}", "prix convenu de {account}", "prezzo concordato di {account}", "договорная цена {account}", "harga kesepakatan {account}"},
	phInForce:      {"in force from {from}", "自 {from} 起生效", "gültig ab {from}", "en vigor desde {from}", "en vigueur depuis le {from}", "in vigore dal {from}", "действует с {from}", "berlaku sejak {from}"},
	phInForceTo:    {"in force from {from} to {to}", "{from} 至 {to} 有效", "gültig von {from} bis {to}", "en vigor de {from} a {to}", "en vigueur du {from} au {to}", "in vigore dal {from} al {to}", "действует с {from} по {to}", "berlaku {from} sampai {to}"},
	phUndated:      {"undated, read on {seen}", "未注明生效日期，查阅于 {seen}", "undatiert, gelesen am {seen}", "sin fecha, leída el {seen}", "sans date, lu le {seen}", "senza data, letto il {seen}", "без даты, прочитан {seen}", "tanpa tanggal, dibaca {seen}"},
	phEventOn:      {"event of {date}", "业务日期 {date}", "Vorgang vom {date}", "operación del {date}", "opération du {date}", "operazione del {date}", "операция от {date}", "kejadian {date}"},
	phCovers:       {"also covers {list}", "同时包含{list}", "umfasst auch {list}", "cubre también {list}", "couvre aussi {list}", "copre anche {list}", "включает также {list}", "mencakup juga {list}"},
	phRecoverable:  {"recoverable by a registered importer", "已登记的进口商可抵扣", "für registrierte Einführer abziehbar", "recuperable por un importador registrado", "récupérable par un importateur immatriculé", "recuperabile da un importatore registrato", "возмещается зарегистрированному импортёру", "dapat dikreditkan importir terdaftar"},
	phPrepayment:   {"set off against a later tax bill", "可抵减后续税款", "wird auf eine spätere Steuer angerechnet", "a cuenta de un impuesto posterior", "imputé sur un impôt ultérieur", "in acconto su un'imposta successiva", "засчитывается в счёт будущего налога", "diperhitungkan dengan pajak kemudian"},
	phCondition:    {"applies to {list}", "适用条件：{list}", "gilt für {list}", "se aplica a {list}", "s'applique à {list}", "si applica a {list}", "применяется: {list}", "berlaku untuk {list}"},
	phSlotOne:      {"the only charge that fits {slot}", "{slot} 中唯一适用的收费", "einziger passender Posten für {slot}", "único cargo que corresponde a {slot}", "seule ligne qui convient à {slot}", "unica voce adatta per {slot}", "единственная подходящая позиция для {slot}", "satu-satunya biaya yang cocok untuk {slot}"},
	phSlotFirst:    {"the first that fits {slot}, of {list}", "{slot} 中第一个适用的收费（候选：{list}）", "erster passender Posten für {slot} aus {list}", "el primero que corresponde a {slot}, de {list}", "la première qui convient à {slot}, parmi {list}", "la prima adatta per {slot}, tra {list}", "первая подходящая для {slot} из {list}", "yang pertama cocok untuk {slot}, dari {list}"},
	phSlotGreatest: {"the greatest for {slot}, of {list}", "{slot} 取最高者（{list}）", "der höchste Posten für {slot} aus {list}", "el mayor para {slot}, de {list}", "la plus élevée pour {slot}, parmi {list}", "la maggiore per {slot}, tra {list}", "наибольшая для {slot} из {list}", "yang terbesar untuk {slot}, dari {list}"},
	phSlotLeast:    {"the least for {slot}, of {list}", "{slot} 取最低者（{list}）", "der niedrigste Posten für {slot} aus {list}", "el menor para {slot}, de {list}", "la plus basse pour {slot}, parmi {list}", "la minore per {slot}, tra {list}", "наименьшая для {slot} из {list}", "yang terkecil untuk {slot}, dari {list}"},
	phComma:        {", ", "，", ", ", ", ", ", ", ", ", ", ", ", "},
	phSemicolon:    {"; ", "；", "; ", "; ", " ; ", "; ", "; ", "; "},
	phAnd:          {" and ", " 与 ", " und ", " y ", " et ", " e ", " и ", " dan "},
	phOr:           {" or ", " 或 ", " oder ", " o ", " ou ", " o ", " или ", " atau "},
	phNot:          {"not {list}", "非 {list}", "nicht {list}", "no {list}", "pas {list}", "non {list}", "не {list}", "bukan {list}"},
	phGreatest:     {"greater of {list}", "{list}取大者", "größerer Wert von {list}", "el mayor entre {list}", "le plus grand entre {list}", "il maggiore tra {list}", "большее из: {list}", "yang lebih besar dari {list}"},
	phRaised:       {"at least {at}", "最低 {at}", "mindestens {at}", "como mínimo {at}", "au moins {at}", "almeno {at}", "не менее {at}", "minimal {at}"},
	phLowered:      {"at most {at}", "最高 {at}", "höchstens {at}", "como máximo {at}", "au plus {at}", "al massimo {at}", "не более {at}", "maksimal {at}"},
	phLess:         {"less {at}", "减 {at}", "abzüglich {at}", "menos {at}", "moins {at}", "meno {at}", "минус {at}", "dikurangi {at}"},
	phStepped:      {"rounded up to a multiple of {at}", "按 {at} 进位", "aufgerundet auf ein Vielfaches von {at}", "redondeado hacia arriba a múltiplos de {at}", "arrondi au multiple supérieur de {at}", "arrotondato per eccesso a multipli di {at}", "с округлением вверх до кратного {at}", "dibulatkan ke atas ke kelipatan {at}"},
	phSlack:        {"a rest up to {at} dropped", "余数不超过 {at} 舍去", "ein Rest bis {at} entfällt", "un resto de hasta {at} se desprecia", "un reste jusqu'à {at} est négligé", "un resto fino a {at} si trascura", "остаток до {at} отбрасывается", "sisa sampai {at} diabaikan"},
	phStarted:      {"every started {at} counts", "不足 {at} 按 {at} 计", "jede angefangene Einheit von {at} zählt", "cada {at} iniciado cuenta", "chaque {at} entamé compte", "ogni {at} iniziato conta", "каждые начатые {at} считаются полностью", "setiap {at} yang dimulai dihitung penuh"},
	phRounded:      {"rounded {mode} to {at}", "{mode}至 {at}", "gerundet ({mode}) auf {at}", "redondeado ({mode}) a {at}", "arrondi ({mode}) à {at}", "arrotondato ({mode}) a {at}", "с округлением ({mode}) до {at}", "dibulatkan ({mode}) ke {at}"},
	phExcess:       {"plus {share} of what {other} exceeds it by", "加 {other} 超出部分的 {share}", "zuzüglich {share} des Überschusses von {other}", "más el {share} de lo que lo excede {other}", "plus {share} de l'excédent de {other}", "più il {share} dell'eccedenza di {other}", "плюс {share} превышения ({other})", "ditambah {share} dari kelebihan {other}"},
	phUpTo:         {"up to {to}", "不超过 {to}", "bis {to}", "hasta {to}", "jusqu'à {to}", "fino a {to}", "до {to} включительно", "sampai {to}"},
	phBelow:        {"below {to}", "低于 {to}", "unter {to}", "menos de {to}", "moins de {to}", "meno di {to}", "менее {to}", "di bawah {to}"},
	phFrom:         {"from {from}", "{from} 起", "ab {from}", "desde {from}", "à partir de {from}", "da {from}", "от {from}", "mulai {from}"},
	phOver:         {"over {from}", "超过 {from}", "über {from}", "más de {from}", "plus de {from}", "oltre {from}", "более {from}", "di atas {from}"},
	phOverUpTo:     {"over {from} up to {to}", "超过 {from} 至 {to}", "über {from} bis {to}", "más de {from} hasta {to}", "plus de {from} jusqu'à {to}", "oltre {from} fino a {to}", "более {from} до {to} включительно", "di atas {from} sampai {to}"},
	phFromBelow:    {"from {from}, below {to}", "{from} 起，低于 {to}", "ab {from}, unter {to}", "desde {from}, menos de {to}", "à partir de {from}, moins de {to}", "da {from}, meno di {to}", "от {from}, менее {to}", "mulai {from}, di bawah {to}"},
	phPriceOf:      {"price", "单价", "Preis", "precio", "prix", "prezzo", "цена", "harga"},
	phPer:          {"{price} per {unit}", "{price}/{unit}", "{price} je {unit}", "{price} por {unit}", "{price} par {unit}", "{price} per {unit}", "{price} / {unit}", "{price} per {unit}"},
	phEachStarted:  {"started {unit}", "{unit}（不足按一计）", "angefangene {unit}", "{unit} iniciado", "{unit} entamé", "{unit} iniziato", "начатые {unit}", "{unit} yang dimulai"},
	phSpan:         {"{from} to {to}", "{from} 至 {to}", "{from} bis {to}", "del {from} al {to}", "du {from} au {to}", "dal {from} al {to}", "с {from} по {to}", "{from} sampai {to}"},
	phPresent:      {"{present} present, charged as {charged}", "在库 {present}，按 {charged} 计费", "{present} vorhanden, berechnet als {charged}", "{present} presentes, cobrados como {charged}", "{present} présents, facturés comme {charged}", "{present} presenti, fatturati come {charged}", "в наличии {present}, к оплате {charged}", "ada {present}, ditagih sebagai {charged}"},
	phLimit:        {"carries {list}", "承运限制：{list}", "befördert {list}", "admite {list}", "accepte {list}", "accetta {list}", "принимает: {list}", "melayani {list}"},
	phUnrounded:    {"unrounded {value}", "未取整 {value}", "ungerundet {value}", "sin redondear {value}", "non arrondi {value}", "non arrotondato {value}", "без округления {value}", "belum dibulatkan {value}"},
	phRows:         {"{n} more together", "其余 {n} 行合计", "{n} weitere zusammen", "otros {n} en conjunto", "{n} autres ensemble", "altri {n} insieme", "ещё {n} вместе", "{n} lainnya digabung"},
	phOverTime:     {"over {n} stretches of time", "分 {n} 个时段", "über {n} Zeitabschnitte", "en {n} tramos de tiempo", "sur {n} périodes", "su {n} periodi", "по {n} отрезкам времени", "dalam {n} rentang waktu"},
	phNotGiven:     {"{name} not given, left out", "未提供{name}，不参与比较", "{name} nicht angegeben, ausgelassen", "{name} sin indicar, no se tuvo en cuenta", "{name} non indiqué, laissé de côté", "{name} non indicato, tralasciato", "{name}: не указано, не учтено", "{name} tidak diisi, tidak dihitung"},
	phNothing:      {"does not apply", "不适用", "trifft nicht zu", "no se aplica", "ne s'applique pas", "non si applica", "не применяется", "tidak berlaku"},
	phTopUp:        {"minimum {to} less billed {billed}", "最低消费 {to} 减已计费 {billed}", "Mindestbetrag {to} abzüglich berechneter {billed}", "mínimo {to} menos facturado {billed}", "minimum {to} moins facturé {billed}", "minimo {to} meno fatturato {billed}", "минимум {to} за вычетом начисленных {billed}", "minimum {to} dikurangi yang sudah ditagih {billed}"},
	phNextBreak:    {"charged as {at}, which is cheaper", "按 {at} 计费更低", "als {at} berechnet, weil günstiger", "cobrado como {at}, por ser más barato", "facturé comme {at}, car moins cher", "fatturato come {at}, perché più conveniente", "рассчитано как {at}, так дешевле", "ditagih sebagai {at}, karena lebih murah"},
	phShare:        {"one unit of {sku} bears {fraction} of {amount} by {basis}", "按{basis}分摊，一件 {sku} 承担 {amount} 的 {fraction}", "eine Einheit von {sku} trägt {fraction} von {amount} nach {basis}", "una unidad de {sku} soporta {fraction} de {amount} por {basis}", "une unité de {sku} supporte {fraction} de {amount} par {basis}", "un'unità di {sku} sostiene {fraction} di {amount} per {basis}", "на единицу {sku} приходится {fraction} от {amount}, база: {basis}", "satu unit {sku} menanggung {fraction} dari {amount} menurut {basis}"},
	phShareRow:     {"one unit of {sku} bears {value} of {amount}, shared by {basis} within each row", "每行内按{basis}分摊，一件 {sku} 承担 {amount} 中的 {value}", "eine Einheit von {sku} trägt {value} von {amount}, je Zeile nach {basis} verteilt", "una unidad de {sku} soporta {value} de {amount}, repartido por {basis} en cada fila", "une unité de {sku} supporte {value} de {amount}, réparti par {basis} dans chaque ligne", "un'unità di {sku} sostiene {value} di {amount}, ripartito per {basis} in ogni riga", "на единицу {sku} приходится {value} от {amount}, внутри каждой строки база: {basis}", "satu unit {sku} menanggung {value} dari {amount}, dibagi menurut {basis} dalam tiap baris"},
	phWhole:        {"for the one unit as a whole", "全部计入该件", "ganz für die eine Einheit", "entero para la unidad", "en entier pour l'unité", "per intero all'unità", "целиком на одну единицу", "seluruhnya untuk satu unit"},
	phConverted:    {"{name} {from} = {to} at {rate}", "{name} {from} = {to}（汇率 {rate}）", "{name} {from} = {to} zu {rate}", "{name} {from} = {to} a {rate}", "{name} {from} = {to} à {rate}", "{name} {from} = {to} a {rate}", "{name} {from} = {to} по курсу {rate}", "{name} {from} = {to} dengan kurs {rate}"},
	phRateOn:       {"rate of {date}", "汇率日期 {date}", "Kurs vom {date}", "cambio del {date}", "taux du {date}", "cambio del {date}", "курс от {date}", "kurs {date}"},
	phUnit:         {"one unit of {sku}", "一件 {sku}", "eine Einheit {sku}", "una unidad de {sku}", "une unité de {sku}", "un'unità di {sku}", "одна единица {sku}", "satu unit {sku}"},
	phJourney:      {"journey", "全程费用", "Weg der Ware", "recorrido", "parcours", "percorso", "путь товара", "perjalanan barang"},
	phApplies:      {"applies", "适用", "trifft zu", "se aplica", "s'applique", "si applica", "применяется", "berlaku"},
}

// timeTexts are the units of time of prices.
var timeTexts = [...]texts{
	ratecard.PerDay:   {"day", "天", "Tag", "día", "jour", "giorno", "день", "hari"},
	ratecard.PerWeek:  {"week", "周", "Woche", "semana", "semaine", "settimana", "неделя", "minggu"},
	ratecard.PerMonth: {"month", "月", "Monat", "mes", "mois", "mese", "месяц", "bulan"},
	ratecard.PerYear:  {"year", "年", "Jahr", "año", "an", "anno", "год", "tahun"},
}

// timeCounts are the units of time after a number other than one.
var timeCounts = [...]texts{
	ratecard.PerDay:   {"days", "天", "Tage", "días", "jours", "giorni", "дн.", "hari"},
	ratecard.PerWeek:  {"weeks", "周", "Wochen", "semanas", "semaines", "settimane", "нед.", "minggu"},
	ratecard.PerMonth: {"months", "个月", "Monate", "meses", "mois", "mesi", "мес.", "bulan"},
	ratecard.PerYear:  {"years", "年", "Jahre", "años", "ans", "anni", "г.", "tahun"},
}

// countTexts are the words for pieces and units after a number other than one.
var countTexts = map[string]texts{
	"carton": {"cartons", "箱", "Kartons", "cajas", "cartons", "cartoni", "кор.", "karton"},
	"parcel": {"parcels", "个包裹", "Pakete", "paquetes", "colis", "pacchi", "пос.", "paket"},
	"unit":   {"units", "件", "Einheiten", "unidades", "unités", "unità", "ед.", "unit"},
	"piece":  {"pieces", "件", "Stück", "bultos", "colis", "colli", "мест", "koli"},
	"item":   {"items", "件", "Artikel", "artículos", "articles", "articoli", "ед.", "barang"},
}

// say is a phrase in a language with its names filled in.
func say(l lang.Lang, p phrase, pairs ...string) string { return fillIn(in(phrases[p], l), pairs...) }

// called is what a measure, input or level is called: a word of events in the language, a card's own name as it stands.
func called(l lang.Lang, name string) string { return proof.Called(l, name) }
