package eligibility

import (
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/layout"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// placeholderNames are the values that a text about a finding may name.
var placeholderNames = []string{"material", "parts", "answer", "value", "want", "country", "onHand", "inTransit"}

// wording is what a check says when a rule fires, and what it proposes. A policy may replace either for a rule.
type wording struct{ message, remedy text }

// words puts a finding into words.
func (f *Finding) words(tag language.Tag, remedy bool) string {
	if f.policy == nil || f.rule == nil {
		return f.Code
	}
	l := lang.Of(tag)
	return f.filled(l, remedy, func(name string) string { return f.placeholder(name, l) })
}

// laid is the message with days as the language writes them.
func (f *Finding) laid(l lang.Lang) string {
	if f.policy == nil || f.rule == nil {
		return f.Code
	}
	return f.filled(l, false, func(name string) string {
		text := f.placeholder(name, l)
		switch f.rule.check {
		case datedNotFuture, datedRecent, answerAge:
			return layout.Date(l, text)
		}
		return text
	})
}

// filled is the text of a finding with its values.
func (f *Finding) filled(l lang.Lang, remedy bool, value func(name string) string) string {
	t := wordings[f.rule.check].message
	if own := f.rule.message; !own.isZero() {
		t = own
	}
	if remedy {
		t = wordings[f.rule.check].remedy
		if own := f.rule.remedyText; !own.isZero() {
			t = own
		}
	}
	return expand(t.of(l), value)
}

func expand(template string, value func(string) string) string {
	return problem.Expand(template, func(name string) (string, bool) { return value(name), true })
}

func (f *Finding) placeholder(name string, l lang.Lang) string {
	d := f.policy.doc
	switch name {
	case "material":
		return d.materialName(f.Material, l)
	case "parts":
		names := make([]string, len(f.Parts))
		for i, p := range f.Parts {
			names[i] = d.partName(f.Material, p, l)
		}
		return strings.Join(names, " / ")
	case "answer":
		if a := d.answer(f.Answer); a != nil {
			return a.name.of(l)
		}
	case "value":
		return d.word(f.rule.check, f.Material, f.Value, l)
	case "want":
		names := make([]string, len(f.Want))
		for i, w := range f.Want {
			names[i] = d.word(f.rule.check, f.Material, w, l)
		}
		return listed(l, names)
	case "country":
		return countryName(f.country, l)
	case "onHand":
		return strconv.FormatInt(f.onHand, 10)
	case "inTransit":
		return strconv.FormatInt(f.inTransit, 10)
	}
	return ""
}

func countryName(c country.Code, l lang.Lang) string {
	if c.IsZero() {
		return "—"
	}
	return c.Name(l.Tag())
}

func (d *document) materialName(code string, l lang.Lang) string {
	if m := d.material(code); m != nil {
		return m.name.of(l)
	}
	return shown(code)
}

func (d *document) partName(material, part string, l lang.Lang) string {
	if m := d.material(material); m != nil {
		if n := nameOf(m.parts, part); n != nil {
			return n.of(l)
		}
	}
	return shown(part)
}

// word is a word of the application or of the policy as people read it. What the policy does not know is shown as
// it stands, with what does not print escaped.
func (d *document) word(c check, material, w string, l lang.Lang) string {
	var n *text
	switch c {
	case roleStated, roleKnown:
		if i := d.roleIndex(w); i >= 0 {
			n = &d.roles[i].name
		}
	case kindStated, kindKnown:
		if i := d.kindIndex(w); i >= 0 {
			n = &d.kinds[i].name
		}
	case legalFormStated, legalFormAccepted:
		n = nameOf(d.legalForms, w)
	case categoryOpen, categoryStated:
		n = nameOf(d.categories, w)
	case countryStated, countryOpen, abroad, homeStated, homeAccepted, localPaper:
		if code, err := country.Parse(w); err == nil {
			return countryName(code, l)
		}
	case formStated, formAccepted, materialGiven:
		if m := d.material(material); m != nil {
			n = nameOf(m.forms, w)
		}
	case materialAsked, fileOnce:
		return d.materialName(w, l)
	}
	if n != nil {
		return n.of(l)
	}
	return shown(w)
}

// shown is text from outside with everything that a terminal or a log would act on escaped.
func shown(s string) string {
	q := problem.Quote(problem.Clip(s))
	if inner := q[1 : len(q)-1]; inner != s {
		return q
	}
	return s
}

// wordings holds the texts of the checks in the order of lang.All.
var wordings = [checkCount]wording{
	roleStated: {
		text{"the applicant's role is not stated", "未说明申请账号的类型", "die Rolle des Antragstellers ist nicht angegeben", "no se indica el papel del solicitante", "le rôle du demandeur n’est pas indiqué", "il ruolo del richiedente non è indicato", "не указана роль заявителя", "peran pemohon tidak disebutkan"},
		text{"state the role: {want}", "请说明账号类型：{want}", "Rolle angeben: {want}", "indique el papel: {want}", "indiquer le rôle : {want}", "indicare il ruolo: {want}", "укажите роль: {want}", "sebutkan peran: {want}"},
	},
	roleKnown: {
		text{"the role {value} may not apply; accepted: {want}", "账号类型 {value} 不能申请；可申请的类型：{want}", "die Rolle {value} ist nicht antragsberechtigt; zugelassen: {want}", "el papel {value} no puede solicitar; se aceptan: {want}", "le rôle {value} ne peut pas demander ; acceptés : {want}", "il ruolo {value} non può fare domanda; ammessi: {want}", "роль {value} не может подавать заявку; допускаются: {want}", "peran {value} tidak dapat mengajukan; diterima: {want}"},
		text{"apply as one of: {want}", "请以下列账号类型申请：{want}", "stellen Sie den Antrag als: {want}", "solicite como: {want}", "faire la demande en tant que : {want}", "fare domanda come: {want}", "подайте заявку как: {want}", "ajukan sebagai: {want}"},
	},
	parentStated: {
		text{"the main account of the sub-account is not stated", "未说明子账号所属的主账号", "das Hauptkonto des Unterkontos ist nicht angegeben", "no se indica la cuenta principal de la subcuenta", "le compte principal du sous-compte n’est pas indiqué", "il conto principale del sottoconto non è indicato", "не указан основной аккаунт субаккаунта", "akun utama dari subakun tidak disebutkan"},
		text{"state the main account", "请填写主账号", "Hauptkonto angeben", "indique la cuenta principal", "indiquer le compte principal", "indicare il conto principale", "укажите основной аккаунт", "sebutkan akun utama"},
	},
	legalFormStated: {
		text{"the applicant's legal form is not stated, and only these may apply: {want}", "未说明申请人的主体类型，仅下列主体可申请：{want}", "die Rechtsform des Antragstellers ist nicht angegeben, zugelassen sind nur: {want}", "no se indica la forma jurídica del solicitante y solo se aceptan: {want}", "la forme juridique du demandeur n’est pas indiquée, seules sont admises : {want}", "la forma giuridica del richiedente non è indicata e sono ammesse solo: {want}", "не указана правовая форма заявителя, допускаются только: {want}", "bentuk hukum pemohon tidak disebutkan, yang diterima hanya: {want}"},
		text{"state the legal form", "请说明主体类型", "Rechtsform angeben", "indique la forma jurídica", "indiquer la forme juridique", "indicare la forma giuridica", "укажите правовую форму", "sebutkan bentuk hukum"},
	},
	legalFormAccepted: {
		text{"{value} may not apply; accepted: {want}", "{value} 不能申请；可申请的主体：{want}", "{value}: nicht antragsberechtigt; zugelassen: {want}", "{value}: no puede solicitar; se aceptan: {want}", "{value} : ne peut pas demander ; acceptés : {want}", "{value}: non può fare domanda; ammessi: {want}", "{value}: заявка невозможна; допускаются: {want}", "{value}: tidak dapat mengajukan; diterima: {want}"},
		text{"only these may apply: {want}", "仅下列主体可申请：{want}", "nur diese dürfen den Antrag stellen: {want}", "solo pueden solicitar: {want}", "seuls peuvent demander : {want}", "possono fare domanda solo: {want}", "заявку могут подать только: {want}", "hanya ini yang dapat mengajukan: {want}"},
	},
	homeStated: {
		text{"the applicant's home country is not stated", "未说明卖家所在国家", "das Heimatland des Antragstellers ist nicht angegeben", "no se indica el país de origen del solicitante", "le pays d’origine du demandeur n’est pas indiqué", "il paese d’origine del richiedente non è indicato", "не указана страна заявителя", "negara asal pemohon tidak disebutkan"},
		text{"state the home country", "请说明卖家所在国家", "Heimatland angeben", "indique el país de origen", "indiquer le pays d’origine", "indicare il paese d’origine", "укажите страну заявителя", "sebutkan negara asal"},
	},
	homeAccepted: {
		text{"applicants from {value} are not accepted; accepted: {want}", "不接受来自{value}的申请人；可接受：{want}", "Antragsteller aus {value} werden nicht zugelassen; zugelassen: {want}", "no se aceptan solicitantes de {value}; se aceptan: {want}", "les demandeurs de {value} ne sont pas acceptés ; acceptés : {want}", "non sono ammessi richiedenti da {value}; ammessi: {want}", "заявители из страны {value} не принимаются; принимаются: {want}", "pemohon dari {value} tidak diterima; diterima: {want}"},
		text{"only applicants from these countries may apply: {want}", "仅限来自下列国家的申请人：{want}", "nur Antragsteller aus: {want}", "solo solicitantes de: {want}", "seulement des demandeurs de : {want}", "solo richiedenti da: {want}", "только заявители из стран: {want}", "hanya pemohon dari: {want}"},
	},
	abroad: {
		text{"the warehouse is in {country}, the applicant's own country, so it is not an overseas warehouse", "仓库位于卖家本国（{country}），不属于海外仓", "das Lager liegt in {country}, im Heimatland des Antragstellers, und ist daher kein Auslandslager", "el almacén está en {country}, el país del solicitante: no es un almacén en el extranjero", "l’entrepôt est situé dans le pays du demandeur ({country}) : ce n’est pas un entrepôt à l’étranger", "il magazzino è nel paese del richiedente ({country}): non è un magazzino all’estero", "склад находится в стране заявителя ({country}) и не является зарубежным", "gudang berada di negara pemohon sendiri ({country}), jadi bukan gudang luar negeri"},
		text{"only a warehouse outside the home country can be opened", "只能开通卖家本国以外的海外仓", "freigeschaltet wird nur ein Lager außerhalb des Heimatlandes", "solo puede abrirse un almacén fuera del país de origen", "seul un entrepôt hors du pays d’origine peut être ouvert", "si può aprire solo un magazzino fuori dal paese d’origine", "открыть можно только склад за пределами страны заявителя", "hanya gudang di luar negara asal yang dapat dibuka"},
	},
	kindStated: {
		text{"the kind of warehouse is not stated", "未说明海外仓类型", "die Art des Lagers ist nicht angegeben", "no se indica el tipo de almacén", "le type d’entrepôt n’est pas indiqué", "il tipo di magazzino non è indicato", "не указан вид склада", "jenis gudang tidak disebutkan"},
		text{"state the kind of warehouse: {want}", "请说明海外仓类型：{want}", "Art des Lagers angeben: {want}", "indique el tipo de almacén: {want}", "indiquer le type d’entrepôt : {want}", "indicare il tipo di magazzino: {want}", "укажите вид склада: {want}", "sebutkan jenis gudang: {want}"},
	},
	kindKnown: {
		text{"the kind of warehouse {value} is not known; supported: {want}", "不支持海外仓类型 {value}；支持：{want}", "die Lagerart {value} ist nicht bekannt; unterstützt: {want}", "no se conoce el tipo de almacén {value}; admitidos: {want}", "le type d’entrepôt {value} n’est pas connu ; admis : {want}", "il tipo di magazzino {value} non è noto; ammessi: {want}", "вид склада {value} неизвестен; поддерживаются: {want}", "jenis gudang {value} tidak dikenal; didukung: {want}"},
		text{"choose one of: {want}", "请选择：{want}", "wählen Sie: {want}", "elija: {want}", "choisir : {want}", "scegliere: {want}", "выберите: {want}", "pilih: {want}"},
	},
	countryStated: {
		text{"the warehouse's country is not stated", "未说明海外仓所在国家", "das Land des Lagers ist nicht angegeben", "no se indica el país del almacén", "le pays de l’entrepôt n’est pas indiqué", "il paese del magazzino non è indicato", "не указана страна склада", "negara gudang tidak disebutkan"},
		text{"state the country; open: {want}", "请说明国家；已开放：{want}", "Land angeben; geöffnet: {want}", "indique el país; abiertos: {want}", "indiquer le pays ; ouverts : {want}", "indicare il paese; aperti: {want}", "укажите страну; открыты: {want}", "sebutkan negara; terbuka: {want}"},
	},
	countryOpen: {
		text{"the warehouse is in {value}, which is not open; open: {want}", "海外仓所在地{value}不在开放范围内；已开放：{want}", "das Lager liegt in {value}, nicht im geöffneten Bereich; geöffnet: {want}", "el almacén está en {value}, que no está abierto; abiertos: {want}", "le pays de l’entrepôt ({value}) n’est pas ouvert ; ouverts : {want}", "il paese del magazzino ({value}) non è aperto; aperti: {want}", "страна склада ({value}) не открыта; открыты: {want}", "negara gudang ({value}) belum dibuka; terbuka: {want}"},
		text{"wait until the platform opens {value}; open today: {want}", "等待平台开放{value}；目前开放：{want}", "abwarten, bis die Plattform {value} öffnet; heute geöffnet: {want}", "espere a que la plataforma abra {value}; hoy abiertos: {want}", "attendre que la plateforme ouvre {value} ; ouverts aujourd’hui : {want}", "attendere che la piattaforma apra {value}; oggi aperti: {want}", "дождитесь, пока площадка откроет страну {value}; сейчас открыты: {want}", "tunggu sampai platform membuka {value}; saat ini terbuka: {want}"},
	},
	categoryStated: {
		text{"some categories are closed, and the store's category is not stated", "部分类目不开放，且未说明店铺类目", "einige Kategorien sind geschlossen, und die Kategorie des Geschäfts ist nicht angegeben", "hay categorías cerradas y no se indica la de la tienda", "des catégories sont fermées et celle de la boutique n’est pas indiquée", "alcune categorie sono chiuse e quella del negozio non è indicata", "часть категорий закрыта, а категория магазина не указана", "sebagian kategori ditutup dan kategori toko tidak disebutkan"},
		text{"state the category", "请说明类目", "Kategorie angeben", "indique la categoría", "indiquer la catégorie", "indicare la categoria", "укажите категорию", "sebutkan kategori"},
	},
	categoryOpen: {
		text{"the category {value} is not open", "类目 {value} 未开放", "die Kategorie {value} ist nicht geöffnet", "la categoría {value} no está abierta", "la catégorie {value} n’est pas ouverte", "la categoria {value} non è aperta", "категория {value} не открыта", "kategori {value} belum dibuka"},
		text{"wait until the platform opens the category {value}", "等待平台开放类目 {value}", "abwarten, bis die Plattform die Kategorie {value} öffnet", "espere a que la plataforma abra la categoría {value}", "attendre que la plateforme ouvre la catégorie {value}", "attendere che la piattaforma apra la categoria {value}", "дождитесь, пока площадка откроет категорию {value}", "tunggu sampai platform membuka kategori {value}"},
	},
	submittedStated: {
		text{"the day of filing is not stated", "未说明提交日期", "der Tag der Einreichung ist nicht angegeben", "no se indica la fecha de presentación", "la date de dépôt n’est pas indiquée", "la data di presentazione non è indicata", "не указана дата подачи", "tanggal pengajuan tidak disebutkan"},
		text{"state the day of filing", "请填写提交日期", "Tag der Einreichung angeben", "indique la fecha de presentación", "indiquer la date de dépôt", "indicare la data di presentazione", "укажите дату подачи", "sebutkan tanggal pengajuan"},
	},
	stockStated: {
		text{"the overseas stock is not stated", "未说明海外库存", "der Bestand im Ausland ist nicht angegeben", "no se indican las existencias en el extranjero", "le stock à l’étranger n’est pas indiqué", "le scorte all’estero non sono indicate", "не указаны запасы за рубежом", "stok di luar negeri tidak disebutkan"},
		text{"state the stock, on hand and in transit; an empty list says that there is none", "请说明库存（在库与在途）；空列表表示没有库存", "Bestand angeben, im Lager und unterwegs; eine leere Liste heißt: keiner", "indique las existencias, en almacén y en tránsito; una lista vacía significa ninguna", "indiquer le stock, en entrepôt et en transit ; une liste vide signifie aucun", "indicare le scorte, in magazzino e in transito; un elenco vuoto significa nessuna", "укажите запасы на складе и в пути; пустой список означает, что их нет", "sebutkan stok, di gudang dan dalam perjalanan; daftar kosong berarti tidak ada"},
	},
	stockEnough: {
		text{"too little stock in {country}: on hand {onHand}, in transit {inTransit}, counted {value}, needed {want}", "{country}没有足够的海外库存：在库 {onHand}，在途 {inTransit}，计入 {value}，需要 {want}", "zu wenig Bestand in {country}: im Lager {onHand}, unterwegs {inTransit}, gezählt {value}, nötig {want}", "existencias insuficientes en {country}: en almacén {onHand}, en tránsito {inTransit}, contadas {value}, necesarias {want}", "stock insuffisant ({country}) : en entrepôt {onHand}, en transit {inTransit}, compté {value}, requis {want}", "scorte insufficienti ({country}): in magazzino {onHand}, in transito {inTransit}, contate {value}, necessarie {want}", "недостаточно запасов ({country}): на складе {onHand}, в пути {inTransit}, учтено {value}, нужно {want}", "stok kurang di {country}: di gudang {onHand}, dalam perjalanan {inTransit}, dihitung {value}, diperlukan {want}"},
		text{"first send goods to {country}, then apply; needed: {want}", "先备货到海外（{country}），再报名申请；需要数量：{want}", "zuerst Ware nach {country} schicken, dann den Antrag stellen; nötig: {want}", "primero envíe mercancía a {country} y luego solicite; necesarias: {want}", "envoyer d’abord des marchandises ({country}), puis faire la demande ; requis : {want}", "prima inviare la merce ({country}), poi fare domanda; necessarie: {want}", "сначала отправьте товары ({country}), затем подавайте заявку; нужно: {want}", "kirim barang ke {country} lebih dahulu, lalu ajukan; diperlukan: {want}"},
	},
	materialGiven: {
		text{"missing: {material}", "缺少材料：{material}", "es fehlt: {material}", "falta: {material}", "il manque : {material}", "manca: {material}", "отсутствует: {material}", "tidak ada: {material}"},
		text{"provide: {material}", "请提供：{material}", "bitte einreichen: {material}", "presente: {material}", "fournir : {material}", "fornire: {material}", "предоставьте: {material}", "serahkan: {material}"},
	},
	formStated: {
		text{"the form is not stated: {material}; accepted: {want}", "未说明材料形式：{material}；可接受：{want}", "die Form ist nicht angegeben: {material}; zugelassen: {want}", "no se indica la forma: {material}; se aceptan: {want}", "la forme n’est pas indiquée : {material} ; acceptées : {want}", "la forma non è indicata: {material}; ammesse: {want}", "не указан вид документа: {material}; принимаются: {want}", "bentuk tidak disebutkan: {material}; diterima: {want}"},
		text{"state which it is: {want}", "请说明材料形式：{want}", "angeben, was es ist: {want}", "indique cuál es: {want}", "préciser laquelle : {want}", "indicare quale: {want}", "укажите вид: {want}", "sebutkan bentuknya: {want}"},
	},
	formAccepted: {
		text{"{material} as {value} is not among the forms listed: {want}", "{material}：{value} 不在所列形式之内：{want}", "{material}: {value} gehört nicht zu den genannten Formen: {want}", "{material}: {value} no está entre las formas indicadas: {want}", "{material} : {value} ne figure pas parmi les formes citées : {want}", "{material}: {value} non è tra le forme elencate: {want}", "{material}: {value} не входит в перечень: {want}", "{material}: {value} tidak termasuk bentuk yang disebutkan: {want}"},
		text{"provide it in one of these forms: {want}", "请以下列形式之一提供：{want}", "in einer dieser Formen einreichen: {want}", "preséntelo en una de estas formas: {want}", "le fournir sous l’une de ces formes : {want}", "fornirlo in una di queste forme: {want}", "предоставьте в одном из видов: {want}", "serahkan dalam salah satu bentuk: {want}"},
	},
	shows: {
		text{"{material} does not show: {parts}", "{material}未显示：{parts}", "{material} zeigt nicht: {parts}", "{material}: no muestra: {parts}", "{material} : ne montre pas : {parts}", "{material}: non mostra: {parts}", "{material}: не видно: {parts}", "{material}: tidak memperlihatkan: {parts}"},
		text{"replace {material} by one that shows: {parts}", "请更换{material}，使其显示：{parts}", "{material} ersetzen, so dass zu sehen ist: {parts}", "sustituya {material} por otra que muestre: {parts}", "remplacer ({material}) en montrant : {parts}", "sostituire ({material}) mostrando: {parts}", "замените ({material}), чтобы было видно: {parts}", "ganti {material} agar memperlihatkan: {parts}"},
	},
	showsStated: {
		text{"it is not stated whether {material} shows: {parts}", "未说明{material}是否显示：{parts}", "nicht angegeben, ob zu sehen ist ({material}): {parts}", "no se indica si {material} muestra: {parts}", "il n’est pas indiqué si l’on voit ({material}) : {parts}", "non è indicato se si vede ({material}): {parts}", "не указано, видно ли ({material}): {parts}", "tidak disebutkan apakah {material} memperlihatkan: {parts}"},
		text{"check {material} and say whether it shows: {parts}", "请检查{material}并说明是否显示：{parts}", "{material} prüfen und angeben, ob zu sehen ist: {parts}", "revise {material} e indique si muestra: {parts}", "vérifier ({material}) et dire si l’on voit : {parts}", "controllare ({material}) e dire se si vede: {parts}", "проверьте ({material}) и укажите, видно ли: {parts}", "periksa {material} dan sebutkan apakah memperlihatkan: {parts}"},
	},
	showsVerified: {
		text{"{material}: only declared, verified by nobody: {parts}", "{material}：仅为申请人声明，未经核实：{parts}", "{material}: nur erklärt, von niemandem geprüft: {parts}", "{material}: solo declarado, sin verificar: {parts}", "{material} : seulement déclaré, non vérifié : {parts}", "{material}: solo dichiarato, non verificato: {parts}", "{material}: только заявлено, не проверено: {parts}", "{material}: hanya dinyatakan, belum diverifikasi: {parts}"},
		text{"have somebody look at {material} and confirm: {parts}", "请由他人核实{material}：{parts}", "{material} prüfen und bestätigen lassen: {parts}", "haga verificar {material}: {parts}", "faire vérifier ({material}) : {parts}", "far verificare ({material}): {parts}", "поручите проверить ({material}): {parts}", "minta {material} diverifikasi: {parts}"},
	},
	datedStated: {
		text{"the date is not stated: {material}", "未说明日期：{material}", "das Datum ist nicht angegeben: {material}", "no se indica la fecha: {material}", "la date n’est pas indiquée : {material}", "la data non è indicata: {material}", "не указана дата: {material}", "tanggal tidak disebutkan: {material}"},
		text{"state the date that it bears: {material}", "请说明材料上的日期：{material}", "angeben, welches Datum zu sehen ist: {material}", "indique la fecha que lleva: {material}", "indiquer la date visible : {material}", "indicare la data che riporta: {material}", "укажите дату на материале: {material}", "sebutkan tanggal yang tertera: {material}"},
	},
	datedNotFuture: {
		text{"{material} is dated {value}, after the day of filing {want}", "{material}的日期 {value} 晚于提交日期 {want}", "{material}: das Datum {value} liegt nach der Einreichung am {want}", "{material}: la fecha {value} es posterior a la presentación, {want}", "{material} : la date {value} est postérieure au dépôt, {want}", "{material}: la data {value} è successiva alla presentazione, {want}", "{material}: дата {value} позже дня подачи {want}", "{material}: tanggal {value} sesudah hari pengajuan {want}"},
		text{"correct the date or provide another: {material}", "请更正日期或重新提供：{material}", "Datum berichtigen oder neu einreichen: {material}", "corrija la fecha o presente otra: {material}", "corriger la date ou fournir à nouveau : {material}", "correggere la data o fornirne un’altra: {material}", "исправьте дату или предоставьте заново: {material}", "perbaiki tanggal atau serahkan yang lain: {material}"},
	},
	datedRecent: {
		text{"{material} is dated {value}, more than {want} days before the filing", "{material}的日期 {value} 早于提交日期超过 {want} 天", "{material}: das Datum {value} liegt mehr als {want} Tage vor der Einreichung", "{material}: la fecha {value} es más de {want} días anterior a la presentación", "{material} : la date {value} précède le dépôt de plus de {want} jours", "{material}: la data {value} precede la presentazione di oltre {want} giorni", "{material}: дата {value} раньше дня подачи более чем на {want} дн.", "{material}: tanggal {value} lebih dari {want} hari sebelum pengajuan"},
		text{"provide a newer one, at most {want} days old: {material}", "请提供 {want} 天以内的新材料：{material}", "neu einreichen, höchstens {want} Tage alt: {material}", "presente otra de como máximo {want} días: {material}", "en fournir une plus récente, de {want} jours au plus : {material}", "fornirne una più recente, di al massimo {want} giorni: {material}", "предоставьте более новый материал, не старше {want} дн.: {material}", "serahkan yang lebih baru, paling lama {want} hari: {material}"},
	},
	localPaper: {
		text{"{material} names {value}, but the warehouse is in {want}", "{material}所示国家为{value}，而海外仓位于{want}", "{material} nennt {value}, das Lager liegt aber in {want}", "{material}: indica {value}, pero el almacén está en {want}", "{material} : indique {value}, mais l’entrepôt est ailleurs ({want})", "{material}: indica {value}, ma il magazzino è altrove ({want})", "{material}: указана страна {value}, а склад находится в стране {want}", "{material}: menyebut {value}, tetapi gudang berada di {want}"},
		text{"check {material}: it should be from {want}", "请核对{material}：应来自{want}", "{material} prüfen: nötig ist {want}", "revise {material}: debería ser de {want}", "vérifier ({material}) : attendu {want}", "controllare ({material}): atteso {want}", "проверьте ({material}): нужна страна {want}", "periksa {material}: seharusnya dari {want}"},
	},
	materialAsked: {
		text{"{value} is not asked for here", "此处不要求提供：{value}", "hier nicht verlangt: {value}", "aquí no se pide: {value}", "non demandé ici : {value}", "qui non richiesto: {value}", "здесь не требуется: {value}", "tidak diminta di sini: {value}"},
		text{"leave it out, or check the kind of warehouse: {value}", "可不提交，或核对海外仓类型：{value}", "weglassen oder die Art des Lagers prüfen: {value}", "omítalo o revise el tipo de almacén: {value}", "l’omettre ou vérifier le type d’entrepôt : {value}", "ometterlo o controllare il tipo di magazzino: {value}", "исключите или проверьте вид склада: {value}", "hilangkan atau periksa jenis gudang: {value}"},
	},
	fileOnce: {
		text{"one and the same file serves as {want} and as {value}", "同一文件同时用作{want}和{value}", "dieselbe Datei dient als {want} und als {value}", "un mismo archivo sirve de {want} y de {value}", "un même fichier sert pour {want} et pour {value}", "lo stesso file serve per {want} e per {value}", "один и тот же файл служит как {want} и как {value}", "berkas yang sama dipakai sebagai {want} dan {value}"},
		text{"check whether the right file was handed in as {value}", "请核对作为{value}提交的文件是否正确", "prüfen, ob die richtige Datei eingereicht wurde: {value}", "revise si se presentó el archivo correcto: {value}", "vérifier que le bon fichier a été fourni : {value}", "controllare che sia stato fornito il file giusto: {value}", "проверьте, тот ли файл приложен: {value}", "periksa apakah berkas yang diserahkan benar: {value}"},
	},
	answerGiven: {
		text{"missing for {country}: {answer}", "{country}需要但缺少：{answer}", "für {country} fehlt: {answer}", "falta para {country}: {answer}", "il manque ({country}) : {answer}", "manca ({country}): {answer}", "отсутствует ({country}): {answer}", "tidak ada untuk {country}: {answer}"},
		text{"give: {answer}", "请填写：{answer}", "bitte angeben: {answer}", "indique: {answer}", "indiquer : {answer}", "indicare: {answer}", "укажите: {answer}", "isikan: {answer}"},
	},
	answerForm: {
		text{"{value} cannot be right for {answer}; it looks like {want}", "{answer}：{value} 格式不正确；格式为 {want}", "{answer}: {value} kann nicht stimmen; erwartet: {want}", "{answer}: {value} no puede ser correcto; formato: {want}", "{answer} : {value} ne peut pas être correct ; format : {want}", "{answer}: {value} non può essere corretto; formato: {want}", "{answer}: {value} имеет неверный вид; нужен: {want}", "{answer}: {value} tidak mungkin benar; bentuk: {want}"},
		text{"correct: {answer}", "请更正：{answer}", "bitte berichtigen: {answer}", "corrija: {answer}", "corriger : {answer}", "correggere: {answer}", "исправьте: {answer}", "perbaiki: {answer}"},
	},
	answerAge: {
		text{"{answer}: {value} is less than {want} days before the filing", "{answer}：{value} 距提交日期不足 {want} 天", "{answer}: {value} liegt weniger als {want} Tage vor der Einreichung", "{answer}: {value} es menos de {want} días antes de la presentación", "{answer} : {value}, moins de {want} jours avant le dépôt", "{answer}: {value}, meno di {want} giorni prima della presentazione", "{answer}: {value}, менее {want} дн. до подачи", "{answer}: {value}, kurang dari {want} hari sebelum pengajuan"},
		text{"wait until {want} days have passed since {value}", "请等待至 {value} 之后满 {want} 天", "abwarten, bis seit {value} {want} Tage vergangen sind", "espere a que pasen {want} días desde {value}", "attendre que {want} jours se soient écoulés depuis le {value}", "attendere che siano passati {want} giorni da {value}", "дождитесь, пока пройдёт {want} дн. с {value}", "tunggu hingga {want} hari berlalu sejak {value}"},
	},
}
