package problem

import "github.com/overseaswarehouse/overseas/internal/lang"

// The codes. Once released a code keeps its meaning and is never reused.
const (
	// documents
	JSONSyntax         Code = "json_syntax"
	Encoding           Code = "encoding"
	BOM                Code = "bom"
	TrailingData       Code = "trailing_data"
	TooLarge           Code = "too_large"
	TooDeep            Code = "too_deep"
	TooMany            Code = "too_many"
	UnsupportedVersion Code = "unsupported_version"
	ReadFailed         Code = "read_failed"
	NotCSV             Code = "not_csv"
	CSVSyntax          Code = "csv_syntax"
	RowWidth           Code = "row_width"
	// fields
	DuplicateKey     Code = "duplicate_key"
	UnknownField     Code = "unknown_field"
	MissingField     Code = "missing_field"
	NullNotAllowed   Code = "null_not_allowed"
	WrongType        Code = "wrong_type"
	TextTooLong      Code = "text_too_long"
	TextBlank        Code = "text_blank"
	ControlCharacter Code = "control_character"
	BidiControl      Code = "bidi_control"
	UnknownValue     Code = "unknown_value"
	Duplicate        Code = "duplicate"
	Malformed        Code = "malformed"
	// numbers
	NumberSyntax    Code = "number_syntax"
	NumberFormat    Code = "number_format"
	NumberTooLong   Code = "number_too_long"
	NumberRange     Code = "number_range"
	NumberPrecision Code = "number_precision"
	Negative        Code = "negative"
	NotInteger      Code = "not_integer"
	ZeroNotAllowed  Code = "zero_not_allowed"
	// money, countries, dates
	CurrencyUnknown   Code = "currency_unknown"
	CurrencyWithdrawn Code = "currency_withdrawn"
	CurrencyMismatch  Code = "currency_mismatch"
	UnitUnknown       Code = "unit_unknown"
	UnitMismatch      Code = "unit_mismatch"
	RateMissing       Code = "rate_missing"
	RateNotPositive   Code = "rate_not_positive"
	Overflow          Code = "overflow"
	DivisionByZero    Code = "division_by_zero"
	CountryUnknown    Code = "country_unknown"
	CountryAmbiguous  Code = "country_ambiguous"
	NotACountry       Code = "not_a_country"
	DateInvalid       Code = "date_invalid"
	DateFormat        Code = "date_format"
	DateRange         Code = "date_range"
	PeriodOverlap     Code = "period_overlap"
	// customs facts
	NoFacts       Code = "no_facts"
	UnknownAfter  Code = "unknown_after"
	UnknownBefore Code = "unknown_before"
	// files
	FileNameUnsafe Code = "file_name_unsafe"
	FileType       Code = "file_type"
	// applications and policies
	Transition      Code = "illegal_transition"
	DateOrder       Code = "date_order"
	UnknownPlatform Code = "unknown_platform"
	NoEdition       Code = "no_edition"
	Unreachable     Code = "rule_unreachable"
	Contradiction   Code = "rule_contradiction"
	Unlinked        Code = "statement_unlinked"
	TextMissing     Code = "text_missing"
	Placeholder     Code = "placeholder_unknown"
	// quotes
	InputMissing   Code = "input_missing"
	InputUnknown   Code = "input_unknown"
	NotCarried     Code = "not_carried"
	Ambiguous      Code = "ambiguous"
	OverLimit      Code = "over_limit"
	ConditionUnmet Code = "condition_unmet"
	NoBracket      Code = "no_bracket"
	NoClass        Code = "no_class"
	NotServed      Code = "not_served"
	NotOffered     Code = "not_offered"
	UnknownOn      Code = "unknown_on_date"
	NoCard         Code = "no_card"
	TariffTwice    Code = "tariff_twice"
	CountMismatch  Code = "count_mismatch"
	Mixed          Code = "mixed"
	DuplicateCard  Code = "duplicate_card"
	// rate cards
	TierEmpty     Code = "tier_empty"
	TierGap       Code = "tier_gap"
	TierOverlap   Code = "tier_overlap"
	TierUnsorted  Code = "tier_unsorted"
	TierInverted  Code = "tier_inverted"
	EdgeNotSaid   Code = "edge_not_said"
	TableSize     Code = "table_size"
	NameUnknown   Code = "name_unknown"
	NameTaken     Code = "name_taken"
	Cycle         Code = "cycle"
	LevelMismatch Code = "level_mismatch"
	UnitAmbiguous Code = "unit_ambiguous"
	MinOverMax    Code = "min_over_max"
	SlotEmpty     Code = "slot_empty"
	SlotMismatch  Code = "slot_mismatch"
	FieldsExclude Code = "fields_exclude"
	PriceFalls    Code = "price_falls"
	BracketUnused Code = "bracket_unreachable"
	ChargeNever   Code = "charge_never_applies"
	Unused        Code = "unused"
	// allocation and the ledger of batches
	BasisZero    Code = "basis_zero"
	NotMultiple  Code = "not_multiple"
	SumMismatch  Code = "sum_mismatch"
	StockShort   Code = "stock_short"
	EntryChanged Code = "entry_changed"
	EntryBlocks  Code = "entry_blocks"

	StepMalformed Code = "step_malformed"
	StepDiffers   Code = "step_differs"
	DigestDiffers Code = "digest_differs"
	CardDiffers   Code = "card_differs"
	Incomplete    Code = "incomplete"
	// comparisons
	PromiseBroken Code = "promise_broken"
	NoOrders      Code = "no_orders"
)

// texts holds the message of each code in the order of lang.All.
// Placeholders: {text} the quoted offending text, {want} what would be right, and the names given with Problem.With.
// A part in square brackets is left out when a placeholder in it has no value.
var texts = map[Code][lang.Count]string{
	NoOrders: {
		"no order is paid, so there is no cost of one[: {text}]", "没有成交订单，无法计算每单成本[：{text}]",
		"keine Bestellung wird bezahlt, also gibt es keine Kosten je Bestellung[: {text}]", "no se paga ningún pedido, así que ninguno tiene coste[: {text}]",
		"aucune commande n’est payée, donc aucune n’a de coût[ : {text}]", "nessun ordine viene pagato, quindi nessuno ha un costo[: {text}]",
		"ни один заказ не оплачен, поэтому затрат на заказ нет[: {text}]", "tidak ada pesanan terbayar, jadi tidak ada biaya per pesanan[: {text}]",
	},
	NoFacts: {
		"no customs facts are known for {text}[; known: {want}]", "没有 {text} 的海关数据[；已有：{want}]",
		"für {text} sind keine Zolldaten bekannt[; bekannt: {want}]", "no hay datos aduaneros de {text}[; conocidos: {want}]",
		"aucune donnée douanière connue pour {text}[ ; connues : {want}]", "nessun dato doganale noto per {text}[; noti: {want}]",
		"таможенные данные для {text} неизвестны[; известны: {want}]", "tidak ada data kepabeanan untuk {text}[; dikenal: {want}]",
	},
	UnknownAfter: {
		"{text} is not known on {date}[; last known day: {want}]", "{text} 在 {date} 的数值未知[；最后已知日期：{want}]",
		"{text} ist für den {date} nicht bekannt[; letzter bekannter Tag: {want}]", "no se conoce {text} el {date}[; último día conocido: {want}]",
		"{text} n’est pas connu au {date}[ ; dernier jour connu : {want}]", "{text} non è noto al {date}[; ultimo giorno noto: {want}]",
		"{text} на {date} неизвестно[; последний известный день: {want}]", "{text} tidak diketahui pada {date}[; hari terakhir yang diketahui: {want}]",
	},
	UnknownBefore: {
		"{text} is not known on {date}[; first known day: {want}]", "{text} 在 {date} 的数值未知[；最早已知日期：{want}]",
		"{text} ist für den {date} nicht bekannt[; erster bekannter Tag: {want}]", "no se conoce {text} el {date}[; primer día conocido: {want}]",
		"{text} n’est pas connu au {date}[ ; premier jour connu : {want}]", "{text} non è noto al {date}[; primo giorno noto: {want}]",
		"{text} на {date} неизвестно[; первый известный день: {want}]", "{text} tidak diketahui pada {date}[; hari pertama yang diketahui: {want}]",
	},
	JSONSyntax: {
		"not JSON here[: {text}][; expected {want}]", "此处不符合 JSON 语法[：{text}][；应为 {want}]",
		"hier kein JSON[: {text}][; erwartet {want}]", "aquí no hay JSON válido[: {text}][; se espera {want}]",
		"ce n’est pas du JSON ici[ : {text}][ ; attendu {want}]", "qui non è JSON[: {text}][; atteso {want}]",
		"здесь не JSON[: {text}][; ожидается {want}]", "di sini bukan JSON[: {text}][; seharusnya {want}]",
	},
	Encoding: {
		"the bytes {text} are not text in {want}", "字节 {text} 不是 {want} 编码的文字",
		"die Bytes {text} sind kein Text in {want}", "los bytes {text} no son texto en {want}",
		"les octets {text} ne sont pas du texte en {want}", "i byte {text} non sono testo in {want}",
		"байты {text} — не текст в кодировке {want}", "bita {text} bukan teks dalam {want}",
	},
	BOM: {
		"the document begins with a byte order mark; save it as {want} without one", "文档以字节顺序标记（BOM）开头；请另存为不带 BOM 的 {want}",
		"das Dokument beginnt mit einer Bytereihenfolge-Markierung; bitte als {want} ohne sie speichern", "el documento empieza con una marca de orden de bytes; guárdelo como {want} sin ella",
		"le document commence par une marque d’ordre des octets ; l’enregistrer en {want} sans elle", "il documento inizia con un indicatore di ordine dei byte; salvarlo come {want} senza",
		"документ начинается с метки порядка байтов; сохраните его как {want} без неё", "dokumen diawali tanda urutan bita; simpan sebagai {want} tanpa tanda itu",
	},
	TrailingData: {
		"after the end of the document there is more: {text}", "文档结束后还有内容：{text}",
		"nach dem Ende des Dokuments folgt noch {text}", "después del final del documento hay más: {text}",
		"après la fin du document, il reste {text}", "dopo la fine del documento c’è altro: {text}",
		"после конца документа есть ещё {text}", "setelah akhir dokumen masih ada {text}",
	},
	TooLarge: {
		"larger than {want} bytes", "大小超过 {want} 字节",
		"größer als {want} Bytes", "mayor que {want} bytes",
		"plus grand que {want} octets", "più grande di {want} byte",
		"больше {want} байт", "lebih besar dari {want} bita",
	},
	TooDeep: {
		"objects and arrays are nested more than {want} deep", "对象和数组嵌套超过 {want} 层",
		"Objekte und Listen sind tiefer als {want} verschachtelt", "objetos y listas anidados a más de {want} niveles",
		"objets et listes imbriqués sur plus de {want} niveaux", "oggetti ed elenchi annidati oltre {want} livelli",
		"вложенность объектов и списков больше {want}", "objek dan daftar bersarang lebih dari {want} tingkat",
	},
	UnsupportedVersion: {
		"the document is of the kind {text}; this version reads {want}", "文档格式为 {text}；本版本可读 {want}",
		"das Dokument ist von der Art {text}; diese Version liest {want}", "el documento es del tipo {text}; esta versión lee {want}",
		"le document est du type {text} ; cette version lit {want}", "il documento è del tipo {text}; questa versione legge {want}",
		"документ вида {text}; эта версия читает {want}", "dokumen berjenis {text}; versi ini membaca {want}",
	},
	ReadFailed: {
		"the document could not be read[: {text}]", "无法读取文档[：{text}]",
		"das Dokument ließ sich nicht lesen[: {text}]", "no se pudo leer el documento[: {text}]",
		"le document n’a pas pu être lu[ : {text}]", "impossibile leggere il documento[: {text}]",
		"не удалось прочитать документ[: {text}]", "dokumen tidak dapat dibaca[: {text}]",
	},
	NotCSV: {
		"this is a file of the kind {text}, not text in rows; save it as CSV", "文件类型为 {text}，不是按行书写的文本；请另存为 CSV",
		"das ist eine Datei der Art {text}, kein Text in Zeilen; bitte als CSV speichern", "es un archivo del tipo {text}, no texto en filas; guárdelo como CSV",
		"c’est un fichier du type {text}, pas du texte en lignes ; l’enregistrer en CSV", "è un file del tipo {text}, non testo in righe; salvarlo come CSV",
		"это файл вида {text}, а не текст по строкам; сохраните его как CSV", "ini berkas jenis {text}, bukan teks per baris; simpan sebagai CSV",
	},
	CSVSyntax: {
		"{text} cannot stand here in a row of CSV[; right: {want}]", "CSV 行中此处不能出现 {text}[；正确写法：{want}]",
		"{text} kann hier in einer CSV-Zeile nicht stehen[; richtig: {want}]", "{text} no puede estar aquí en una fila CSV[; correcto: {want}]",
		"{text} ne peut pas se trouver ici dans une ligne CSV[ ; correct : {want}]", "{text} non può stare qui in una riga CSV[; corretto: {want}]",
		"{text} не может стоять здесь в строке CSV[; правильно: {want}]", "{text} tidak boleh di sini dalam baris CSV[; yang benar: {want}]",
	},
	RowWidth: {
		"the row has {text} columns; the header has {want}", "该行有 {text} 列，表头有 {want} 列",
		"die Zeile hat {text} Spalten, die Kopfzeile {want}", "la fila tiene {text} columnas; la cabecera, {want}",
		"la ligne a {text} colonnes, l’en-tête {want}", "la riga ha {text} colonne, l’intestazione {want}",
		"в строке {text} столбцов, в заголовке {want}", "baris memiliki {text} kolom; judul tabel {want}",
	},
	DuplicateKey: {
		"the field {text} stands twice in one object", "同一对象中字段 {text} 出现两次",
		"das Feld {text} steht zweimal in einem Objekt", "el campo {text} aparece dos veces en un objeto",
		"le champ {text} figure deux fois dans un objet", "il campo {text} compare due volte in un oggetto",
		"поле {text} стоит в одном объекте дважды", "bidang {text} muncul dua kali dalam satu objek",
	},
	UnknownField: {
		"there is no field {text} here[; known: {want}]", "此处没有字段 {text}[；可用：{want}]",
		"ein Feld {text} gibt es hier nicht[; bekannt: {want}]", "aquí no existe el campo {text}[; conocidos: {want}]",
		"il n’y a pas de champ {text} ici[ ; connus : {want}]", "qui non esiste il campo {text}[; noti: {want}]",
		"поля {text} здесь нет[; известны: {want}]", "di sini tidak ada bidang {text}[; dikenal: {want}]",
	},
	MissingField: {
		"the field {text} is missing", "缺少字段 {text}",
		"das Feld {text} fehlt", "falta el campo {text}",
		"le champ {text} manque", "manca il campo {text}",
		"нет поля {text}", "bidang {text} belum ada",
	},
	NullNotAllowed: {
		"null says nothing here[; write {want} or leave the field out]", "此处不能为 null[；请写 {want} 或省略该字段]",
		"null sagt hier nichts[; {want} angeben oder das Feld weglassen]", "null no dice nada aquí[; escriba {want} o quite el campo]",
		"null ne dit rien ici[ ; écrire {want} ou omettre le champ]", "null qui non dice nulla[; scrivere {want} o togliere il campo]",
		"null здесь ничего не значит[; укажите {want} или уберите поле]", "null tidak berarti di sini[; tulis {want} atau hapus bidangnya]",
	},
	WrongType: {
		"of the wrong type[: {text}][; expected {want}]", "类型错误[：{text}][；应为 {want}]",
		"falscher Typ[: {text}][; erwartet {want}]", "tipo incorrecto[: {text}][; se espera {want}]",
		"mauvais type[ : {text}][ ; attendu {want}]", "tipo errato[: {text}][; atteso {want}]",
		"неверный тип[: {text}][; ожидается {want}]", "jenis salah[: {text}][; seharusnya {want}]",
	},
	TextTooLong: {
		"the text {text} is longer than {want} characters", "文字 {text} 超过 {want} 个字符",
		"der Text {text} ist länger als {want} Zeichen", "el texto {text} tiene más de {want} caracteres",
		"le texte {text} dépasse {want} caractères", "il testo {text} supera {want} caratteri",
		"текст {text} длиннее {want} символов", "teks {text} lebih panjang dari {want} karakter",
	},
	TextBlank: {
		"nothing is written here[; expected {want}]", "此处为空[；应为 {want}]",
		"hier steht nichts[; erwartet {want}]", "aquí no hay nada escrito[; se espera {want}]",
		"rien n’est écrit ici[ ; attendu {want}]", "qui non è scritto nulla[; atteso {want}]",
		"здесь ничего не написано[; ожидается {want}]", "di sini kosong[; seharusnya {want}]",
	},
	ControlCharacter: {
		"the text has the control character {text}", "文字中含有控制字符 {text}",
		"der Text enthält das Steuerzeichen {text}", "el texto contiene el carácter de control {text}",
		"le texte contient le caractère de commande {text}", "il testo contiene il carattere di controllo {text}",
		"в тексте есть управляющий символ {text}", "teks memuat karakter kendali {text}",
	},
	BidiControl: {
		"the text has {text}, which changes the direction of reading", "文字中含有改变显示方向的字符 {text}",
		"der Text enthält {text}, das die Leserichtung ändert", "el texto contiene {text}, que cambia el sentido de lectura",
		"le texte contient {text}, qui change le sens de lecture", "il testo contiene {text}, che cambia il verso di lettura",
		"в тексте есть {text}, меняющий направление чтения", "teks memuat {text} yang mengubah arah baca",
	},
	UnknownValue: {
		"{text} is not one of the values possible here[: {want}]", "{text} 不是此处允许的值[：{want}]",
		"{text} ist hier kein möglicher Wert[: {want}]", "{text} no es un valor posible aquí[: {want}]",
		"{text} n’est pas une valeur possible ici[ : {want}]", "{text} non è un valore possibile qui[: {want}]",
		"{text} — не из допустимых здесь значений[: {want}]", "{text} bukan nilai yang mungkin di sini[: {want}]",
	},
	Duplicate: {
		"{text} is there twice[; also: {want}]", "{text} 重复[；另见：{want}]",
		"{text} ist doppelt[; auch: {want}]", "{text} está repetido[; también: {want}]",
		"{text} est en double[ ; aussi : {want}]", "{text} è ripetuto[; anche: {want}]",
		"{text} повторяется[; также: {want}]", "{text} berulang[; juga: {want}]",
	},
	Malformed: {
		"{text} is not written as it must be[; like this: {want}]", "{text} 的写法不对[；应写成：{want}]",
		"{text} ist nicht so geschrieben, wie es sein muss[; so: {want}]", "{text} no está escrito como debe[; así: {want}]",
		"{text} n’est pas écrit comme il faut[ ; ainsi : {want}]", "{text} non è scritto come si deve[; così: {want}]",
		"{text} записано не так, как нужно[; нужно: {want}]", "{text} tidak ditulis sebagaimana mestinya[; seperti: {want}]",
	},
	NumberSyntax: {
		"{text} is not a number[; like this: {want}]", "{text} 不是数字[；应写成：{want}]",
		"{text} ist keine Zahl[; so: {want}]", "{text} no es un número[; así: {want}]",
		"{text} n’est pas un nombre[ ; ainsi : {want}]", "{text} non è un numero[; così: {want}]",
		"{text} — не число[; нужно: {want}]", "{text} bukan angka[; seperti: {want}]",
	},
	NumberFormat: {
		"the number {text} must be written plainly: digits and one point[, like {want}]", "数字 {text} 须用普通写法：只用数字和一个小数点[，例如 {want}]",
		"die Zahl {text} muss schlicht geschrieben sein: Ziffern und ein Punkt[, etwa {want}]", "el número {text} debe escribirse sin más: cifras y un punto[, como {want}]",
		"le nombre {text} doit s’écrire simplement : des chiffres et un point[, comme {want}]", "il numero {text} va scritto in modo semplice: cifre e un punto[, come {want}]",
		"число {text} нужно записать просто: цифры и одна точка[, например {want}]", "angka {text} harus ditulis biasa: digit dan satu titik[, seperti {want}]",
	},
	NumberTooLong: {
		"the number {text} has too many characters[; at most {want}]", "数字 {text} 字符过多[；最多 {want}]",
		"die Zahl {text} hat zu viele Zeichen[; höchstens {want}]", "el número {text} tiene demasiados caracteres[; como máximo {want}]",
		"le nombre {text} a trop de caractères[ ; au plus {want}]", "il numero {text} ha troppi caratteri[; al massimo {want}]",
		"в числе {text} слишком много знаков[; не больше {want}]", "angka {text} terlalu panjang[; paling banyak {want}]",
	},
	NumberRange: {
		"the number {text} is outside the range[: {want}]", "数字 {text} 超出范围[：{want}]",
		"die Zahl {text} liegt außerhalb des Bereichs[: {want}]", "el número {text} está fuera del rango[: {want}]",
		"le nombre {text} est hors des bornes[ : {want}]", "il numero {text} è fuori intervallo[: {want}]",
		"число {text} вне пределов[: {want}]", "angka {text} di luar rentang[: {want}]",
	},
	NumberPrecision: {
		"the number {text} has too many decimals[; at most {want}]", "数字 {text} 小数位过多[；最多 {want}]",
		"die Zahl {text} hat zu viele Nachkommastellen[; höchstens {want}]", "el número {text} tiene demasiados decimales[; como máximo {want}]",
		"le nombre {text} a trop de décimales[ ; au plus {want}]", "il numero {text} ha troppi decimali[; al massimo {want}]",
		"в числе {text} слишком много знаков после точки[; не больше {want}]", "angka {text} terlalu banyak desimal[; paling banyak {want}]",
	},
	Negative: {
		"{text} is negative[; expected {want}]", "{text} 为负数[；应为 {want}]",
		"{text} ist negativ[; erwartet {want}]", "{text} es negativo[; se espera {want}]",
		"{text} est négatif[ ; attendu {want}]", "{text} è negativo[; atteso {want}]",
		"{text} — отрицательное значение[; ожидается {want}]", "{text} negatif[; seharusnya {want}]",
	},
	NotInteger: {
		"{text} is not a whole number in plain digits", "{text} 不是用普通数字写的整数",
		"{text} ist keine ganze Zahl in einfachen Ziffern", "{text} no es un número entero escrito con cifras",
		"{text} n’est pas un nombre entier écrit en chiffres", "{text} non è un numero intero scritto in cifre",
		"{text} — не целое число, записанное цифрами", "{text} bukan bilangan bulat dengan digit biasa",
	},
	ZeroNotAllowed: {
		"zero is not possible here[: {text}][; expected {want}]", "此处不能为零[：{text}][；应为 {want}]",
		"null ist hier nicht möglich[: {text}][; erwartet {want}]", "aquí no puede ser cero[: {text}][; se espera {want}]",
		"zéro n’est pas possible ici[ : {text}][ ; attendu {want}]", "qui non può essere zero[: {text}][; atteso {want}]",
		"ноль здесь невозможен[: {text}][; ожидается {want}]", "di sini tidak boleh nol[: {text}][; seharusnya {want}]",
	},
	CurrencyUnknown: {
		"{text} is not the code of a currency[; expected {want}]", "{text} 不是货币代码[；应为 {want}]",
		"{text} ist kein Währungscode[; erwartet {want}]", "{text} no es el código de una moneda[; se espera {want}]",
		"{text} n’est pas le code d’une monnaie[ ; attendu {want}]", "{text} non è il codice di una valuta[; atteso {want}]",
		"{text} — не код валюты[; ожидается {want}]", "{text} bukan kode mata uang[; seharusnya {want}]",
	},
	CurrencyWithdrawn: {
		"the currency {text} has been withdrawn[ since {date}][; today: {want}]", "货币 {text} 已停用[（自 {date} 起）][；现为：{want}]",
		"die Währung {text} gibt es nicht mehr[ seit {date}][; heute: {want}]", "la moneda {text} ya no existe[ desde {date}][; hoy: {want}]",
		"la monnaie {text} n’existe plus[ depuis le {date}][ ; aujourd’hui : {want}]", "la valuta {text} non esiste più[ dal {date}][; oggi: {want}]",
		"валюты {text} больше нет[ с {date}][; сегодня: {want}]", "mata uang {text} sudah ditarik[ sejak {date}][; sekarang: {want}]",
	},
	CurrencyMismatch: {
		"an amount in {text} where {want} is needed", "金额币种为 {text}，此处应为 {want}",
		"ein Betrag in {text}, wo {want} nötig ist", "un importe en {text} donde hace falta {want}",
		"un montant en {text} là où il faut {want}", "un importo in {text} dove serve {want}",
		"сумма в {text}, а нужна в {want}", "jumlah dalam {text}, padahal perlu {want}",
	},
	UnitUnknown: {
		"{text} is not a unit known here[: {want}]", "{text} 不是此处可用的单位[：{want}]",
		"{text} ist hier keine bekannte Einheit[: {want}]", "{text} no es una unidad conocida aquí[: {want}]",
		"{text} n’est pas une unité connue ici[ : {want}]", "{text} non è un’unità nota qui[: {want}]",
		"{text} — неизвестная здесь единица[: {want}]", "{text} bukan satuan yang dikenal di sini[: {want}]",
	},
	UnitMismatch: {
		"the unit {text} does not measure this[; expected {want}]", "单位 {text} 不适用于此[；应为 {want}]",
		"die Einheit {text} misst das nicht[; erwartet {want}]", "la unidad {text} no mide esto[; se espera {want}]",
		"l’unité {text} ne mesure pas cela[ ; attendu {want}]", "l’unità {text} non misura questo[; atteso {want}]",
		"единица {text} этого не измеряет[; ожидается {want}]", "satuan {text} tidak mengukur ini[; seharusnya {want}]",
	},
	RateMissing: {
		"there is no exchange rate for {text}[; given: {want}]", "缺少汇率 {text}[；已有：{want}]",
		"für {text} gibt es keinen Wechselkurs[; vorhanden: {want}]", "falta el tipo de cambio de {text}[; hay: {want}]",
		"pas de taux de change pour {text}[ ; donnés : {want}]", "manca il tasso di cambio per {text}[; dati: {want}]",
		"нет обменного курса {text}[; есть: {want}]", "tidak ada kurs untuk {text}[; tersedia: {want}]",
	},
	RateNotPositive: {
		"the exchange rate {text} is not above zero", "汇率 {text} 必须大于零",
		"der Wechselkurs {text} ist nicht größer als null", "el tipo de cambio {text} no es mayor que cero",
		"le taux de change {text} n’est pas supérieur à zéro", "il tasso di cambio {text} non è maggiore di zero",
		"обменный курс {text} не больше нуля", "kurs {text} tidak lebih besar dari nol",
	},
	Overflow: {
		"the result has too many digits[: {text}]", "结果位数过多[：{text}]",
		"das Ergebnis hat zu viele Stellen[: {text}]", "el resultado tiene demasiadas cifras[: {text}]",
		"le résultat a trop de chiffres[ : {text}]", "il risultato ha troppe cifre[: {text}]",
		"в результате слишком много цифр[: {text}]", "hasil terlalu banyak digit[: {text}]",
	},
	DivisionByZero: {
		"division by zero[: {text}]", "除数为零[：{text}]",
		"Division durch null[: {text}]", "división entre cero[: {text}]",
		"division par zéro[ : {text}]", "divisione per zero[: {text}]",
		"деление на ноль[: {text}]", "pembagian dengan nol[: {text}]",
	},
	CountryUnknown: {
		"{text} is not a country[; expected {want}]", "{text} 不是国家或地区[；应为 {want}]",
		"{text} ist kein Land[; erwartet {want}]", "{text} no es un país[; se espera {want}]",
		"{text} n’est pas un pays[ ; attendu {want}]", "{text} non è un paese[; atteso {want}]",
		"{text} — не страна[; ожидается {want}]", "{text} bukan negara[; seharusnya {want}]",
	},
	CountryAmbiguous: {
		"{text} may mean several countries[: {want}]", "{text} 可指多个国家[：{want}]",
		"{text} kann mehrere Länder meinen[: {want}]", "{text} puede ser varios países[: {want}]",
		"{text} peut désigner plusieurs pays[ : {want}]", "{text} può indicare più paesi[: {want}]",
		"{text} может означать несколько стран[: {want}]", "{text} dapat berarti beberapa negara[: {want}]",
	},
	NotACountry: {
		"{text} is a region or a part of a country, not a country[; expected {want}]", "{text} 是地区或国家的一部分，不是国家[；应为 {want}]",
		"{text} ist ein Gebiet oder Teil eines Landes, kein Land[; erwartet {want}]", "{text} es una región o parte de un país, no un país[; se espera {want}]",
		"{text} est une région ou une partie d’un pays, pas un pays[ ; attendu {want}]", "{text} è una regione o parte di un paese, non un paese[; atteso {want}]",
		"{text} — регион или часть страны, а не страна[; ожидается {want}]", "{text} adalah wilayah atau bagian negara, bukan negara[; seharusnya {want}]",
	},
	DateInvalid: {
		"{text} is not a day of the calendar[; expected {want}]", "{text} 不是有效日期[；应为 {want}]",
		"{text} ist kein Tag des Kalenders[; erwartet {want}]", "{text} no es un día del calendario[; se espera {want}]",
		"{text} n’est pas un jour du calendrier[ ; attendu {want}]", "{text} non è un giorno del calendario[; atteso {want}]",
		"{text} — не день календаря[; ожидается {want}]", "{text} bukan tanggal kalender[; seharusnya {want}]",
	},
	DateFormat: {
		"{text} has more than a day; write the day alone[: {want}]", "{text} 含有日期以外的内容；只写日期[：{want}]",
		"{text} ist mehr als ein Tag; nur den Tag schreiben[: {want}]", "{text} es más que un día; escriba solo el día[: {want}]",
		"{text} est plus qu’un jour ; écrire seulement le jour[ : {want}]", "{text} è più di un giorno; scrivere solo il giorno[: {want}]",
		"{text} — больше, чем день; укажите только день[: {want}]", "{text} lebih dari tanggal; tulis tanggalnya saja[: {want}]",
	},
	DateRange: {
		"the date {text} is outside the calendar kept here[: {want}]", "日期 {text} 超出范围[：{want}]",
		"das Datum {text} liegt außerhalb des Kalenders[: {want}]", "la fecha {text} está fuera del calendario[: {want}]",
		"la date {text} est hors du calendrier[ : {want}]", "la data {text} è fuori dal calendario[: {want}]",
		"дата {text} вне календаря[: {want}]", "tanggal {text} di luar kalender[: {want}]",
	},
	PeriodOverlap: {
		"two periods overlap at {text}[: {want}]", "两个期间在 {text} 重叠[：{want}]",
		"zwei Zeiträume überschneiden sich am {text}[: {want}]", "dos periodos se solapan en {text}[: {want}]",
		"deux périodes se chevauchent au {text}[ : {want}]", "due periodi si sovrappongono al {text}[: {want}]",
		"два периода пересекаются {text}[: {want}]", "dua periode tumpang tindih pada {text}[: {want}]",
	},
	InputMissing: {
		"{text} is missing[: {want}]", "缺少 {text}[：{want}]", "{text} fehlt[: {want}]", "falta {text}[: {want}]",
		"{text} manque[ : {want}]", "manca {text}[: {want}]", "не указано {text}[: {want}]", "{text} belum diisi[: {want}]",
	},
	InputUnknown: {
		"no card asks for {text}; the cards ask for {want}", "没有价卡需要 {text}；价卡需要的有：{want}",
		"keine Preisliste fragt nach {text}; gefragt wird nach {want}", "ninguna tarifa pide {text}; piden {want}",
		"aucun tarif ne demande {text} ; ils demandent {want}", "nessun listino chiede {text}; chiedono {want}",
		"ни один прейскурант не спрашивает {text}; спрашивают {want}", "tidak ada daftar tarif yang meminta {text}; yang diminta {want}",
	},
	NotCarried: {
		"{text} does not carry this", "{text} 不承运此货", "{text} befördert das nicht", "{text} no transporta esto",
		"{text} ne prend pas cela en charge", "{text} non trasporta questo", "{text} это не перевозит", "{text} tidak melayani ini",
	},
	Ambiguous: {
		"{text} is filled by more than one: {want}; say which", "{text} 有多个可选：{want}；请指定其一",
		"{text} trifft auf mehrere zu: {want}; bitte eines wählen", "{text} corresponde a más de uno: {want}; indique cuál",
		"{text} correspond à plusieurs : {want} ; précisez lequel", "{text} corrisponde a più voci: {want}; indicare quale",
		"для {text} подходит несколько: {want}; укажите одно", "{text} cocok dengan lebih dari satu: {want}; pilih salah satu",
	},
	OverLimit: {
		"{name} {text} is over the limit of {want}", "{name} {text} 超过上限 {want}", "{name} {text} ist über der Grenze von {want}",
		"{name} {text} supera el límite de {want}", "{name} {text} dépasse la limite de {want}", "{name} {text} supera il limite di {want}",
		"{name} {text} больше предела {want}", "{name} {text} melebihi batas {want}",
	},
	ConditionUnmet: {
		"the condition on {name} is not met by {text}: {want}", "{name} 的条件不满足：{text}（{want}）",
		"die Bedingung für {name} ist mit {text} nicht erfüllt: {want}", "la condición de {name} no se cumple con {text}: {want}",
		"la condition sur {name} n'est pas remplie par {text} : {want}", "la condizione su {name} non è soddisfatta da {text}: {want}",
		"условие на {name} не выполнено: {text} ({want})", "syarat {name} tidak dipenuhi oleh {text}: {want}",
	},
	NoBracket: {
		"there is no price for {name} {text}; the brackets end at {want}", "{name} {text} 没有对应价格；区间止于 {want}",
		"für {name} {text} gibt es keinen Preis; die Staffel endet bei {want}", "no hay precio para {name} {text}; los tramos terminan en {want}",
		"pas de prix pour {name} {text} ; les tranches s'arrêtent à {want}", "non c'è prezzo per {name} {text}; gli scaglioni finiscono a {want}",
		"нет цены для {name} {text}; ступени кончаются на {want}", "tidak ada harga untuk {name} {text}; jenjang berakhir di {want}",
	},
	NoClass: {
		"nothing of {text} fits", "{text} 没有适用的分类", "nichts von {text} passt", "nada de {text} corresponde",
		"rien dans {text} ne convient", "nulla di {text} corrisponde", "ничто из {text} не подходит", "tidak ada {text} yang sesuai",
	},
	NotServed: {
		"{name} {text} is not served; served: {want}", "{name} {text} 不在服务范围；服务范围：{want}",
		"{name} {text} wird nicht bedient; bedient wird {want}", "{name} {text} no está cubierto; se cubre: {want}",
		"{name} {text} n'est pas desservi ; desservi : {want}", "{name} {text} non è servito; serviti: {want}",
		"{name} {text} не обслуживается; обслуживается: {want}", "{name} {text} tidak dilayani; yang dilayani: {want}",
	},
	NotOffered: {
		"{text} is not offered here", "此处不提供 {text}", "{text} wird hier nicht angeboten", "{text} no se ofrece aquí",
		"{text} n'est pas proposé ici", "{text} qui non è offerto", "{text} здесь не предлагается", "{text} tidak ditawarkan di sini",
	},
	UnknownOn: {
		"there is no price on {text}; the card knows {want}", "{text} 没有价格；价卡的期间：{want}",
		"am {text} gibt es keinen Preis; die Liste kennt {want}", "no hay precio el {text}; la tarifa conoce {want}",
		"pas de prix au {text} ; le tarif connaît {want}", "non c'è prezzo il {text}; il listino conosce {want}",
		"на {text} цены нет; в прейскуранте: {want}", "tidak ada harga pada {text}; daftar mencakup {want}",
	},
	NoCard: {
		"no card prices {text}[; cards: {want}]", "没有价卡为 {text} 定价[；价卡：{want}]", "keine Preisliste bepreist {text}[; Listen: {want}]",
		"ninguna tarifa fija precio a {text}[; tarifas: {want}]", "aucun tarif ne couvre {text}[ ; tarifs : {want}]",
		"nessun listino copre {text}[; listini: {want}]", "ни один прейскурант не охватывает {text}[; прейскуранты: {want}]",
		"tidak ada daftar tarif untuk {text}[; daftar: {want}]",
	},
	CountMismatch: {
		"{text} units are stated, the goods inside are {want}", "申报 {text} 件，而内含货物为 {want} 件",
		"{text} Stück sind angegeben, die Waren darin sind {want}", "se indican {text} unidades, la mercancía contenida son {want}",
		"{text} unités sont indiquées, les marchandises contenues sont {want}", "sono indicate {text} unità, la merce contenuta è {want}",
		"указано единиц: {text}, товаров внутри: {want}", "tertulis {text} unit, barang di dalamnya {want}",
	},
	TariffTwice: {
		"{text} covers the tariff already, and the entry is priced as well: {want}", "{text} 已含关税，又另行计算报关税费：{want}",
		"{text} deckt die Einfuhrabgaben schon ab, und die Zollanmeldung ist noch dazu bepreist: {want}", "{text} ya cubre los aranceles y además se calcula el despacho: {want}",
		"{text} couvre déjà les droits, et la déclaration est chiffrée en plus : {want}", "{text} copre già i dazi e la dichiarazione è calcolata in più: {want}",
		"{text} уже включает таможенные платежи, а декларация рассчитана ещё раз: {want}", "{text} sudah mencakup bea masuk, padahal pemberitahuan impor juga dihitung: {want}",
	},
	Mixed: {
		"sums of {text} cannot be added to sums of {want}: other cards, rates or another currency", "{text} 的合计不能与 {want} 的合计相加：价卡、汇率或币种不同",
		"Summen von {text} lassen sich nicht zu denen von {want} addieren: andere Karten, Kurse oder Währung", "las sumas de {text} no se pueden añadir a las de {want}: otras tarifas, otros tipos de cambio u otra moneda",
		"les sommes de {text} ne s’ajoutent pas à celles de {want} : autres cartes, autres taux ou autre devise", "le somme di {text} non si aggiungono a quelle di {want}: altri listini, cambi o un’altra valuta",
		"суммы {text} нельзя прибавить к суммам {want}: другие тарифы, курсы или валюта", "jumlah {text} tidak dapat ditambahkan ke jumlah {want}: kartu, kurs, atau mata uang lain",
	},
	DuplicateCard: {
		"two cards {text} hold on the same day with the same standing: {want}", "两张价卡 {text} 在同一天具有同等效力：{want}",
		"zwei Listen {text} gelten am selben Tag mit gleichem Rang: {want}", "dos tarifas {text} rigen el mismo día con igual rango: {want}",
		"deux tarifs {text} valent le même jour au même rang : {want}", "due listini {text} valgono lo stesso giorno con pari rango: {want}",
		"два прейскуранта {text} действуют в один день с равным рангом: {want}", "dua daftar {text} berlaku pada hari yang sama dengan tingkat yang sama: {want}",
	},
	TooMany: {
		"{text} {what} are more than the limit of {want}", "{what}数量 {text} 超过上限 {want}",
		"{text} {what} sind mehr als die Grenze von {want}", "{text} {what} superan el límite de {want}",
		"{text} {what} dépassent la limite de {want}", "{text} {what} superano il limite di {want}",
		"{what}: {text} больше предела {want}", "{text} {what} melebihi batas {want}",
	},
	FileNameUnsafe: {
		"the file name {text} is not safe to store", "文件名 {text} 不安全",
		"der Dateiname {text} ist nicht sicher", "el nombre de archivo {text} no es seguro",
		"le nom de fichier {text} n’est pas sûr", "il nome di file {text} non è sicuro",
		"небезопасное имя файла {text}", "nama berkas {text} tidak aman",
	},
	FileType: {
		"the file {text} is a program or a web page, not a picture or a document", "文件 {text} 是程序或网页，不是图片或文档",
		"die Datei {text} ist ein Programm oder eine Webseite, kein Bild oder Dokument", "el archivo {text} es un programa o una página web, no una imagen ni un documento",
		"le fichier {text} est un programme ou une page web, pas une image ni un document", "il file {text} è un programma o una pagina web, non un’immagine o un documento",
		"файл {text} — программа или веб-страница, а не изображение или документ", "berkas {text} adalah program atau halaman web, bukan gambar atau dokumen",
	},
	Transition: {
		"an application that is {state} cannot become {text}; possible: {want}", "状态为“{state}”的申请不能变为 {text}；可以变为：{want}",
		"ein Antrag im Zustand {state} kann nicht {text} werden; möglich: {want}", "una solicitud en estado {state} no puede pasar a {text}; posible: {want}",
		"une demande à l’état {state} ne peut pas passer à {text} ; possible : {want}", "una domanda nello stato {state} non può passare a {text}; possibile: {want}",
		"заявка в состоянии {state} не может стать {text}; возможно: {want}", "permohonan berstatus {state} tidak dapat menjadi {text}; mungkin: {want}",
	},
	DateOrder: {
		"the date {text} is before {want}", "日期 {text} 早于 {want}",
		"das Datum {text} liegt vor {want}", "la fecha {text} es anterior a {want}",
		"la date {text} précède {want}", "la data {text} precede {want}",
		"дата {text} раньше, чем {want}", "tanggal {text} mendahului {want}",
	},
	UnknownPlatform: {
		"{text} is not the platform of this policy: {want}", "{text} 不是本政策的平台：{want}",
		"{text} ist nicht die Plattform dieser Richtlinie: {want}", "{text} no es la plataforma de esta política: {want}",
		"{text} n’est pas la plateforme de cette politique : {want}", "{text} non è la piattaforma di questa politica: {want}",
		"{text} — не платформа этих правил: {want}", "{text} bukan platform kebijakan ini: {want}",
	},
	NoEdition: {
		"no edition of the policy is known for {text}; known: {want}", "没有适用于 {text} 的政策版本；已知版本：{want}",
		"für {text} ist keine Ausgabe der Richtlinie bekannt; bekannt: {want}", "no se conoce ninguna edición de la política para {text}; conocidas: {want}",
		"aucune édition de la politique n’est connue pour {text} ; connues : {want}", "nessuna edizione della politica è nota per {text}; note: {want}",
		"для {text} нет известной редакции правил; известны: {want}", "tidak ada edisi kebijakan yang diketahui untuk {text}; diketahui: {want}",
	},
	Unreachable: {
		"the rule {text} can never fire: {want}", "规则 {text} 永远不会触发：{want}",
		"die Regel {text} kann nie greifen: {want}", "la regla {text} no puede aplicarse nunca: {want}",
		"la règle {text} ne peut jamais s’appliquer : {want}", "la regola {text} non può mai scattare: {want}",
		"правило {text} никогда не сработает: {want}", "aturan {text} tidak pernah dapat berlaku: {want}",
	},
	Contradiction: {
		"{text} contradicts {want}", "{text} 与 {want} 矛盾",
		"{text} widerspricht {want}", "{text} contradice {want}",
		"{text} contredit {want}", "{text} contraddice {want}",
		"{text} противоречит: {want}", "{text} bertentangan dengan {want}",
	},
	Unlinked: {
		"the statement {text} is expressed by no rule and not marked as background or not modelled", "条文 {text} 没有对应规则，也未标为背景或未建模",
		"die Aussage {text} wird von keiner Regel ausgedrückt und ist weder als Hintergrund noch als nicht modelliert gekennzeichnet", "ninguna regla expresa la declaración {text}, ni está marcada como contexto o no modelada",
		"aucune règle n’exprime l’énoncé {text}, qui n’est marqué ni comme contexte ni comme non modélisé", "nessuna regola esprime l’enunciato {text}, né è segnato come contesto o non modellato",
		"положение {text} не выражено ни одним правилом и не помечено как справочное или не смоделированное", "pernyataan {text} tidak dinyatakan oleh aturan mana pun dan tidak ditandai sebagai latar atau tidak dimodelkan",
	},
	TextMissing: {
		"the text is missing in: {want}", "缺少以下语言的文字：{want}",
		"der Text fehlt in: {want}", "falta el texto en: {want}",
		"le texte manque en : {want}", "manca il testo in: {want}",
		"нет текста на языках: {want}", "teks tidak ada dalam: {want}",
	},
	Placeholder: {
		"the text uses {text}, which is not one of: {want}", "文字使用了 {text}，但只能使用：{want}",
		"der Text verwendet {text}; möglich sind: {want}", "el texto usa {text}, que no es uno de: {want}",
		"le texte utilise {text}, qui n’est pas parmi : {want}", "il testo usa {text}, che non è tra: {want}",
		"в тексте {text}, а допустимы: {want}", "teks memakai {text}, yang bukan salah satu dari: {want}",
	},
	TierEmpty: {
		"the list is empty", "列表为空",
		"die Liste ist leer", "la lista está vacía",
		"la liste est vide", "l’elenco è vuoto",
		"список пуст", "daftar kosong",
	},
	TierGap: {
		"the price brackets leave a gap: {text} where {want} is due", "价格区间有缺口：{text} 处应为 {want}",
		"zwischen den Preisstufen ist eine Lücke: {text}, wo {want} stehen müsste", "los tramos de precio dejan un hueco: {text} donde corresponde {want}",
		"les tranches de prix laissent un trou : {text} là où {want} est attendu", "gli scaglioni di prezzo lasciano un vuoto: {text} dove serve {want}",
		"между ступенями цены разрыв: {text}, а нужно {want}", "jenjang harga menyisakan celah: {text}, seharusnya {want}",
	},
	TierOverlap: {
		"the price brackets overlap at {text}", "价格区间在 {text} 处重叠",
		"die Preisstufen überschneiden sich bei {text}", "los tramos de precio se solapan en {text}",
		"les tranches de prix se chevauchent à {text}", "gli scaglioni di prezzo si sovrappongono a {text}",
		"ступени цены пересекаются на {text}", "jenjang harga tumpang tindih pada {text}",
	},
	TierUnsorted: {
		"{text} is not in ascending order", "{text} 未按升序排列",
		"{text} steht nicht in aufsteigender Folge", "{text} no está en orden ascendente",
		"{text} n’est pas dans l’ordre croissant", "{text} non è in ordine crescente",
		"{text} нарушает порядок по возрастанию", "{text} tidak dalam urutan menaik",
	},
	TierInverted: {
		"the bracket ends at {text}, not after its start {want}", "区间终点 {text} 不大于起点 {want}",
		"die Stufe endet bei {text}, nicht nach ihrem Anfang {want}", "el tramo termina en {text}, no después de su inicio {want}",
		"la tranche finit à {text}, pas après son début {want}", "lo scaglione finisce a {text}, non dopo il suo inizio {want}",
		"ступень кончается на {text}, а не после начала {want}", "jenjang berakhir di {text}, tidak setelah awalnya {want}",
	},
	EdgeNotSaid: {
		"it is not said to which bracket an edge belongs: {want}", "未说明边界值属于哪个区间：{want}",
		"es ist nicht gesagt, zu welcher Stufe eine Grenze gehört: {want}", "no se dice a qué tramo pertenece un límite: {want}",
		"il n’est pas dit à quelle tranche appartient une limite : {want}", "non è detto a quale scaglione appartiene un limite: {want}",
		"не сказано, к какой ступени относится граница: {want}", "tidak disebutkan batas termasuk jenjang mana: {want}",
	},
	TableSize: {
		"the table has {text} entries here, its axes need {want}", "此处表格有 {text} 项，按轴应为 {want} 项",
		"die Tabelle hat hier {text} Einträge, ihre Achsen verlangen {want}", "la tabla tiene aquí {text} entradas, sus ejes piden {want}",
		"le tableau a ici {text} entrées, ses axes en demandent {want}", "la tabella ha qui {text} voci, i suoi assi ne chiedono {want}",
		"в таблице здесь {text} значений, а оси требуют {want}", "tabel di sini berisi {text} entri, sumbunya memerlukan {want}",
	},
	NameUnknown: {
		"{text} names nothing here; known: {want}", "{text} 在此无定义；可用：{want}",
		"{text} bezeichnet hier nichts; bekannt: {want}", "{text} no designa nada aquí; conocidos: {want}",
		"{text} ne désigne rien ici ; connus : {want}", "{text} non indica nulla qui; noti: {want}",
		"{text} здесь ничего не обозначает; известны: {want}", "{text} tidak merujuk apa pun di sini; dikenal: {want}",
	},
	NameTaken: {
		"the name {text} already means something else: {want}", "名称 {text} 已有其他含义：{want}",
		"der Name {text} bedeutet schon etwas anderes: {want}", "el nombre {text} ya significa otra cosa: {want}",
		"le nom {text} désigne déjà autre chose : {want}", "il nome {text} indica già altro: {want}",
		"имя {text} уже означает другое: {want}", "nama {text} sudah berarti hal lain: {want}",
	},
	Cycle: {
		"{text} depends on itself", "{text} 依赖自身",
		"{text} hängt von sich selbst ab", "{text} depende de sí mismo",
		"{text} dépend de lui-même", "{text} dipende da se stesso",
		"{text} зависит от самого себя", "{text} bergantung pada dirinya sendiri",
	},
	LevelMismatch: {
		"{text} belongs to another level than its use; it would have to be one of: {want}", "{text} 的层级与用法不符；应为：{want}",
		"{text} gehört zu einer anderen Ebene als seine Verwendung; möglich: {want}", "{text} pertenece a otro nivel que su uso; posibles: {want}",
		"{text} relève d’un autre niveau que son emploi ; possibles : {want}", "{text} appartiene a un livello diverso dal suo uso; possibili: {want}",
		"{text} относится к другому уровню, чем его использование; возможно: {want}", "{text} berada pada tingkat lain dari pemakaiannya; mungkin: {want}",
	},
	UnitAmbiguous: {
		"the word “unit” means different things to the events that use it; write {want}", "“unit”在所涉事件中含义不同；请写 {want}",
		"„unit“ bedeutet für die verwendenden Ereignisse Verschiedenes; zu schreiben ist {want}", "«unit» significa cosas distintas en los eventos que lo usan; escriba {want}",
		"« unit » a des sens différents selon les événements ; écrire {want}", "«unit» ha significati diversi per gli eventi che lo usano; scrivere {want}",
		"«unit» значит разное для использующих его событий; напишите {want}", "“unit” berbeda arti bagi peristiwa yang memakainya; tulis {want}",
	},
	MinOverMax: {
		"the minimum {text} is over the maximum {want}", "最低值 {text} 高于最高值 {want}",
		"das Minimum {text} liegt über dem Maximum {want}", "el mínimo {text} supera el máximo {want}",
		"le minimum {text} dépasse le maximum {want}", "il minimo {text} supera il massimo {want}",
		"минимум {text} больше максимума {want}", "minimum {text} melebihi maksimum {want}",
	},
	SlotEmpty: {
		"no charge fills the slot {text}", "没有费用属于槽位 {text}",
		"keine Gebühr füllt den Platz {text}", "ningún cargo ocupa el puesto {text}",
		"aucun frais ne remplit la place {text}", "nessun addebito occupa il posto {text}",
		"ни один сбор не занимает место {text}", "tidak ada biaya yang mengisi slot {text}",
	},
	SlotMismatch: {
		"the charge says {text}, its slot says {want}", "费用写的是 {text}，槽位写的是 {want}",
		"die Gebühr sagt {text}, ihr Platz {want}", "el cargo dice {text}, su puesto {want}",
		"le frais indique {text}, sa place {want}", "l’addebito dice {text}, il suo posto {want}",
		"у сбора указано {text}, у его места — {want}", "biaya menyebut {text}, slotnya {want}",
	},
	FieldsExclude: {
		"{text} cannot stand here together with {want}", "{text} 不能与 {want} 同时出现",
		"{text} kann hier nicht zusammen mit {want} stehen", "{text} no puede estar aquí junto con {want}",
		"{text} ne peut pas figurer ici avec {want}", "{text} non può stare qui insieme a {want}",
		"{text} не может стоять здесь вместе с {want}", "{text} tidak boleh bersama {want} di sini",
	},
	PriceFalls: {
		"the price falls from {from} to {to} along {axis}, at {at}", "沿 {axis} 在 {at} 处价格由 {from} 降到 {to}",
		"der Preis fällt entlang {axis} bei {at} von {from} auf {to}", "el precio baja de {from} a {to} a lo largo de {axis}, en {at}",
		"le prix baisse de {from} à {to} le long de {axis}, à {at}", "il prezzo scende da {from} a {to} lungo {axis}, a {at}",
		"цена падает с {from} до {to} вдоль {axis}, на {at}", "harga turun dari {from} ke {to} sepanjang {axis}, pada {at}",
	},
	BracketUnused: {
		"nothing can reach the bracket {text}: {want}", "没有值能落入区间 {text}：{want}",
		"nichts kann die Stufe {text} erreichen: {want}", "nada puede llegar al tramo {text}: {want}",
		"rien ne peut atteindre la tranche {text} : {want}", "nulla può raggiungere lo scaglione {text}: {want}",
		"ничто не попадает в ступень {text}: {want}", "tidak ada yang dapat mencapai jenjang {text}: {want}",
	},
	ChargeNever: {
		"the charge {text} never applies: {want}", "费用 {text} 永远不适用：{want}",
		"die Gebühr {text} gilt nie: {want}", "el cargo {text} no se aplica nunca: {want}",
		"le frais {text} ne s’applique jamais : {want}", "l’addebito {text} non si applica mai: {want}",
		"сбор {text} никогда не применяется: {want}", "biaya {text} tidak pernah berlaku: {want}",
	},
	Unused: {
		"{text} is used nowhere", "{text} 未被使用",
		"{text} wird nirgends verwendet", "{text} no se usa en ninguna parte",
		"{text} n’est utilisé nulle part", "{text} non è usato da nessuna parte",
		"{text} нигде не используется", "{text} tidak dipakai di mana pun",
	},
	BasisZero: {
		"the weights add up to zero, so {text} cannot be shared[; {want}]", "权重合计为零，{text} 无法分摊[；{want}]",
		"die Gewichte ergeben null, {text} lässt sich nicht verteilen[; {want}]", "los pesos suman cero y {text} no se puede repartir[; {want}]",
		"les poids font zéro au total, {text} ne peut être réparti[ ; {want}]", "i pesi sommano a zero e {text} non si può ripartire[; {want}]",
		"сумма весов равна нулю, {text} нельзя распределить[; {want}]", "jumlah bobot nol sehingga {text} tidak dapat dibagi[; {want}]",
	},
	NotMultiple: {
		"{text} is not a multiple of {want}", "{text} 不是 {want} 的整数倍",
		"{text} ist kein Vielfaches von {want}", "{text} no es múltiplo de {want}",
		"{text} n’est pas un multiple de {want}", "{text} non è un multiplo di {want}",
		"{text} не кратно {want}", "{text} bukan kelipatan {want}",
	},
	SumMismatch: {
		"the parts add up to {text}, not to {want}", "各部分合计为 {text}，应为 {want}",
		"die Teile ergeben {text} statt {want}", "las partes suman {text} y no {want}",
		"les parts font {text} au lieu de {want}", "le parti sommano a {text} invece di {want}",
		"сумма частей {text}, а должна быть {want}", "jumlah bagian {text}, seharusnya {want}",
	},
	StockShort: {
		"of {text} there are {have}, and {want} are needed", "{text} 现有 {have}，需要 {want}",
		"von {text} sind {have} da, gebraucht werden {want}", "de {text} hay {have} y hacen falta {want}",
		"de {text} il y a {have}, il en faut {want}", "di {text} ce ne sono {have}, ne servono {want}",
		"{text}: есть {have}, нужно {want}", "{text} tersedia {have}, diperlukan {want}",
	},
	EntryChanged: {
		"the entry {text} is there already with other content", "分录 {text} 已存在且内容不同",
		"den Eintrag {text} gibt es schon mit anderem Inhalt", "el asiento {text} ya existe con otro contenido",
		"l’écriture {text} existe déjà avec un autre contenu", "la registrazione {text} esiste già con altro contenuto",
		"запись {text} уже есть с другим содержанием", "entri {text} sudah ada dengan isi lain",
	},
	EntryBlocks: {
		"this entry would make the later entry {text} impossible: {want}", "此分录会使其后的分录 {text} 无法成立：{want}",
		"dieser Eintrag machte den späteren Eintrag {text} unmöglich: {want}", "este asiento haría imposible el asiento posterior {text}: {want}",
		"cette écriture rendrait impossible l’écriture ultérieure {text} : {want}", "questa registrazione renderebbe impossibile la successiva {text}: {want}",
		"из-за этой записи более поздняя запись {text} станет невозможной: {want}", "entri ini membuat entri berikutnya {text} mustahil: {want}",
	},
	StepMalformed: {
		"a step of the explanation cannot be recomputed: {text}[; needed: {want}]", "说明中的步骤无法重新计算：{text}[；需要：{want}]",
		"ein Schritt der Erklärung lässt sich nicht nachrechnen: {text}[; nötig: {want}]", "un paso de la explicación no se puede recalcular: {text}[; se necesita: {want}]",
		"une étape de l’explication ne peut être recalculée : {text}[ ; nécessaire : {want}]", "un passo della spiegazione non si può ricalcolare: {text}[; serve: {want}]",
		"шаг объяснения нельзя пересчитать: {text}[; нужно: {want}]", "satu langkah penjelasan tidak dapat dihitung ulang: {text}[; diperlukan: {want}]",
	},
	StepDiffers: {
		"the explanation says {text}[, but it comes to {want}][ (step {step})]", "说明中为 {text}[，但应为 {want}][（步骤 {step}）]",
		"die Erklärung sagt {text}[, es ergibt sich aber {want}][ (Schritt {step})]", "la explicación dice {text}[, pero resulta {want}][ (paso {step})]",
		"l’explication indique {text}[, mais on obtient {want}][ (étape {step})]", "la spiegazione dice {text}[, ma risulta {want}][ (passo {step})]",
		"в объяснении {text}[, но получается {want}][ (шаг {step})]", "penjelasan menyebut {text}[, tetapi hasilnya {want}][ (langkah {step})]",
	},
	DigestDiffers: {
		"the content does not fit its digest {text}[; that of the content is {want}]", "内容与摘要 {text} 不符[；内容的摘要为 {want}]",
		"der Inhalt passt nicht zur Prüfsumme {text}[; die des Inhalts ist {want}]", "el contenido no concuerda con su resumen {text}[; el del contenido es {want}]",
		"le contenu ne correspond pas à l’empreinte {text}[ ; celle du contenu est {want}]", "il contenuto non corrisponde all’impronta {text}[; quella del contenuto è {want}]",
		"содержание не соответствует контрольной сумме {text}[; для содержания она {want}]", "isi tidak cocok dengan intisari {text}[; intisari isi adalah {want}]",
	},
	CardDiffers: {
		"card {text} is another document than the one used[; used: {want}]", "价卡 {text} 与当时使用的文件不同[；当时使用：{want}]",
		"Preisliste {text} ist ein anderes Dokument als das verwendete[; verwendet: {want}]", "la tarifa {text} es otro documento que el utilizado[; utilizado: {want}]",
		"le tarif {text} n’est pas le document utilisé[ ; utilisé : {want}]", "il listino {text} è un documento diverso da quello usato[; usato: {want}]",
		"прейскурант {text} — не тот документ, что был использован[; использован: {want}]", "daftar tarif {text} bukan dokumen yang dipakai[; yang dipakai: {want}]",
	},
	Incomplete: {
		"incomplete, so there is no total: {text}[; missing: {want}]", "资料不完整，无法给出合计：{text}[；缺少：{want}]",
		"unvollständig, daher keine Summe: {text}[; es fehlt: {want}]", "incompleto, por lo que no hay total: {text}[; falta: {want}]",
		"incomplet, donc pas de total : {text}[ ; il manque : {want}]", "incompleto, quindi nessun totale: {text}[; manca: {want}]",
		"неполно, поэтому итога нет: {text}[; не хватает: {want}]", "tidak lengkap, jadi tidak ada jumlah: {text}[; kurang: {want}]",
	},
	PromiseBroken: {
		"the cost at {text} is not as promised[: {want}]", "{text} 处的费用与所作承诺不符[：{want}]",
		"die Kosten bei {text} sind nicht wie zugesagt[: {want}]", "el coste en {text} no es como se prometió[: {want}]",
		"le coût à {text} n’est pas tel que promis[ : {want}]", "il costo a {text} non è come promesso[: {want}]",
		"стоимость при {text} не такова, как обещано[: {want}]", "biaya pada {text} tidak seperti yang dijanjikan[: {want}]",
	},
}
