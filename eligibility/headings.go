package eligibility

// heading names a text of the printed views.
type heading uint8

const (
	noteStart heading = iota
	noteEarly
	headDecision
	headApproved
	headRejected
	headUndetermined
	headReasons
	headAdvice
	headRemedies
	headNoRemedy
	headNotes
	headEdition
	headParameters
	headOverlays
	headDeclared
	headChecklist
	headAllOf
	headOneOf
	headForms
	headExample
	headClause
	headCases
	headPassed
	headFailed
	headUncovered
	headChanges
	headNoChanges
	headAdded
	headRemoved
	headChanged
	headFiled
	headNobody
	headRules
	headNotActive
	headOtherScope
	headNothing
	headFound
	headDated
	headUndated
	headUntil
	wordShown
	wordNotShown
	wordNotStated
	wordDeclared
	wordVerified
	columnRule
	columnEffect
	columnKind
	columnPath
	columnValue
	columnWant
	columnSource
	columnMessage
	columnRemedy
	classProvide
	classCorrect
	classDoFirst
	classAnswer
	classWait
	stepStock
	stepFile
	stepApplicant
	itemMainAccount
	itemLegalForm
	itemHome
	itemCategory
	itemOthers
	headingCount
)

// headings holds the texts of the views in the order of lang.All.
var headings = [headingCount]text{
	noteStart:        {"nobody published when this edition began; it was first seen on {date}", "该版本的生效日期未公布；首次见于 {date}", "der Beginn dieser Ausgabe wurde nicht veröffentlicht; zuerst gesehen am {date}", "no se publicó el inicio de esta edición; se vio por primera vez el {date}", "le début de cette édition n’a pas été publié ; vue pour la première fois le {date}", "l’inizio di questa edizione non è stato pubblicato; vista per la prima volta il {date}", "начало действия этой редакции не опубликовано; впервые замечена {date}", "awal berlakunya edisi ini tidak diumumkan; pertama kali dilihat {date}"},
	noteEarly:        {"the application was filed before this edition was first seen on {date}: whether it already held then is not known", "申请提交日期早于该版本首次见到的日期 {date}：当时是否已生效并不清楚", "der Antrag wurde eingereicht, bevor diese Ausgabe am {date} zuerst gesehen wurde: ob sie damals schon galt, ist nicht bekannt", "la solicitud se presentó antes de que esta edición se viera por primera vez el {date}: no se sabe si ya regía", "la demande a été déposée avant que cette édition soit vue pour la première fois le {date} : on ignore si elle s’appliquait déjà", "la domanda è stata presentata prima che questa edizione fosse vista per la prima volta il {date}: non si sa se valesse già", "заявка подана раньше, чем эта редакция впервые замечена {date}: действовала ли она тогда, неизвестно", "permohonan diajukan sebelum edisi ini pertama kali dilihat pada {date}: tidak diketahui apakah saat itu sudah berlaku"},
	headRules:        {"Rules applied", "适用的规则", "Angewandte Regeln", "Reglas aplicadas", "Règles appliquées", "Regole applicate", "Применённые правила", "Aturan yang diterapkan"},
	headNotActive:    {"not in force: {value}", "未启用：{value}", "nicht in Kraft: {value}", "no vigente: {value}", "hors vigueur : {value}", "non in vigore: {value}", "не действует: {value}", "tidak berlaku: {value}"},
	headOtherScope:   {"for other applications: {value}", "适用于其他申请：{value}", "für andere Anträge: {value}", "para otras solicitudes: {value}", "pour d’autres demandes : {value}", "per altre domande: {value}", "для других заявок: {value}", "untuk permohonan lain: {value}"},
	headNothing:      {"nothing found", "未发现问题", "nichts gefunden", "nada hallado", "rien constaté", "nulla riscontrato", "ничего не выявлено", "tidak ada temuan"},
	headFound:        {"found: {value}", "发现：{value}", "gefunden: {value}", "hallado: {value}", "constaté : {value}", "riscontrato: {value}", "выявлено: {value}", "ditemukan: {value}"},
	headDated:        {"edition {edition}, in force from {from}; the application was filed on {date}", "版本 {edition}，自 {from} 起生效；申请提交于 {date}", "Ausgabe {edition}, in Kraft ab {from}; der Antrag wurde am {date} eingereicht", "edición {edition}, vigente desde {from}; la solicitud se presentó el {date}", "édition {edition}, en vigueur depuis le {from} ; demande déposée le {date}", "edizione {edition}, in vigore dal {from}; domanda presentata il {date}", "редакция {edition}, действует с {from}; заявка подана {date}", "edisi {edition}, berlaku sejak {from}; permohonan diajukan {date}"},
	headUndated:      {"edition {edition}, first seen on {from}; the application was filed on {date}", "版本 {edition}，首次见于 {from}；申请提交于 {date}", "Ausgabe {edition}, zuerst gesehen am {from}; der Antrag wurde am {date} eingereicht", "edición {edition}, vista por primera vez el {from}; la solicitud se presentó el {date}", "édition {edition}, vue pour la première fois le {from} ; demande déposée le {date}", "edizione {edition}, vista per la prima volta il {from}; domanda presentata il {date}", "редакция {edition}, впервые замечена {from}; заявка подана {date}", "edisi {edition}, pertama kali dilihat {from}; permohonan diajukan {date}"},
	headUntil:        {"until {date}", "至 {date}", "bis {date}", "hasta {date}", "jusqu’au {date}", "fino al {date}", "до {date}", "sampai {date}"},
	wordShown:        {"shown", "已显示", "zu sehen", "visible", "visible", "visibile", "видно", "terlihat"},
	wordNotShown:     {"not shown", "未显示", "nicht zu sehen", "no visible", "non visible", "non visibile", "не видно", "tidak terlihat"},
	wordNotStated:    {"not stated", "未说明", "nicht angegeben", "sin indicar", "non indiqué", "non indicato", "не указано", "tidak disebutkan"},
	wordDeclared:     {"only declared", "仅为声明", "nur erklärt", "solo declarado", "seulement déclaré", "solo dichiarato", "только заявлено", "hanya dinyatakan"},
	wordVerified:     {"verified", "已核实", "geprüft", "verificado", "vérifié", "verificato", "проверено", "diverifikasi"},
	columnRule:       {"rule", "规则", "Regel", "regla", "règle", "regola", "правило", "aturan"},
	columnEffect:     {"effect", "影响", "Wirkung", "efecto", "effet", "effetto", "действие", "akibat"},
	columnKind:       {"kind", "类型", "Art", "tipo", "nature", "tipo", "вид", "jenis"},
	columnPath:       {"where", "位置", "Stelle", "dónde", "où", "dove", "где", "letak"},
	columnValue:      {"value", "值", "Wert", "valor", "valeur", "valore", "значение", "nilai"},
	columnWant:       {"needed", "要求", "verlangt", "se requiere", "attendu", "richiesto", "требуется", "diperlukan"},
	columnSource:     {"who says so", "依据来源", "Quelle", "quién lo dice", "source", "chi lo dice", "источник", "sumber"},
	columnMessage:    {"message", "说明", "Meldung", "mensaje", "message", "messaggio", "сообщение", "pesan"},
	columnRemedy:     {"what to do", "需要做什么", "was zu tun ist", "qué hacer", "que faire", "che cosa fare", "что сделать", "yang perlu dilakukan"},
	headDecision:     {"Decision", "结论", "Entscheidung", "Decisión", "Décision", "Decisione", "Решение", "Keputusan"},
	headApproved:     {"approved: nothing stated speaks against it", "通过：已说明的内容中没有不符合之处", "genehmigt: nichts Angegebenes spricht dagegen", "aprobada: nada de lo indicado se opone", "approuvée : rien de ce qui est indiqué ne s’y oppose", "approvata: nulla di quanto indicato vi si oppone", "одобрено: ничто из указанного не препятствует", "disetujui: tidak ada yang disebutkan menentangnya"},
	headRejected:     {"rejected", "不通过", "abgelehnt", "rechazada", "refusée", "respinta", "отклонено", "ditolak"},
	headUndetermined: {"undetermined: something is still open", "无法判定：仍有未说明的内容", "unentschieden: etwas ist noch offen", "indeterminada: queda algo por aclarar", "indéterminée : il reste un point ouvert", "indeterminata: resta qualcosa di aperto", "не определено: есть открытые вопросы", "belum dapat ditentukan: masih ada yang terbuka"},
	headReasons:      {"Findings", "发现的问题", "Feststellungen", "Hallazgos", "Constats", "Riscontri", "Замечания", "Temuan"},
	headAdvice:       {"Advice", "建议", "Hinweise", "Consejos", "Conseils", "Consigli", "Рекомендации", "Saran"},
	headRemedies:     {"What to do", "需要做什么", "Was zu tun ist", "Qué hacer", "Que faire", "Che cosa fare", "Что сделать", "Yang perlu dilakukan"},
	headNoRemedy:     {"Nothing that the applicant changes makes this application pass.", "申请人无论如何修改，该申请都无法通过。", "Keine Änderung des Antragstellers hilft diesem Antrag.", "Ningún cambio del solicitante hace que pase esta solicitud.", "Aucun changement du demandeur ne fait passer cette demande.", "Nessuna modifica del richiedente fa passare questa domanda.", "Никакие изменения со стороны заявителя не помогут этой заявке.", "Tidak ada perubahan dari pemohon yang meloloskan permohonan ini."},
	headNotes:        {"Notes", "说明", "Anmerkungen", "Notas", "Remarques", "Note", "Примечания", "Catatan"},
	headEdition:      {"Edition", "政策版本", "Ausgabe", "Edición", "Édition", "Edizione", "Редакция", "Edisi"},
	headParameters:   {"Parameters", "参数", "Parameter", "Parámetros", "Paramètres", "Parametri", "Параметры", "Parameter"},
	headOverlays:     {"Overlays", "覆盖文件", "Überlagerungen", "Superposiciones", "Surcouches", "Sovrapposizioni", "Наложения", "Lapisan"},
	headDeclared:     {"Rests on the applicant's declaration", "仅依据申请人的声明", "Beruht auf der Erklärung des Antragstellers", "Se basa en la declaración del solicitante", "Repose sur la déclaration du demandeur", "Si basa sulla dichiarazione del richiedente", "Основано на заявлении заявителя", "Berdasarkan pernyataan pemohon"},
	headChecklist:    {"Checklist", "准备清单", "Checkliste", "Lista de comprobación", "Liste de contrôle", "Lista di controllo", "Контрольный список", "Daftar periksa"},
	headAllOf:        {"must show", "须显示", "muss zeigen", "debe mostrar", "doit montrer", "deve mostrare", "должно быть видно", "harus memperlihatkan"},
	headOneOf:        {"must show one of", "须显示其中之一", "muss eines davon zeigen", "debe mostrar uno de", "doit montrer l’un de", "deve mostrare uno tra", "должно быть видно одно из", "harus memperlihatkan salah satu"},
	headForms:        {"accepted", "可接受的形式", "zugelassen", "se aceptan", "acceptés", "ammessi", "принимаются", "diterima"},
	headExample:      {"example", "例如", "Beispiel", "ejemplo", "exemple", "esempio", "пример", "contoh"},
	headClause:       {"clause", "条款", "Klausel", "cláusula", "clause", "clausola", "пункт", "klausul"},
	headCases:        {"Cases", "用例", "Fälle", "Casos", "Cas", "Casi", "Случаи", "Kasus"},
	headPassed:       {"passed", "通过", "bestanden", "superados", "réussis", "superati", "пройдено", "lulus"},
	headFailed:       {"failed", "失败", "fehlgeschlagen", "fallidos", "échoués", "falliti", "не пройдено", "gagal"},
	headUncovered:    {"rules without a case in which they fire and one in which they do not", "缺少触发与不触发用例的规则", "Regeln ohne einen Fall, in dem sie greifen, und einen, in dem sie nicht greifen", "reglas sin un caso en que se apliquen y otro en que no", "règles sans un cas où elles s’appliquent et un où elles ne s’appliquent pas", "regole senza un caso in cui scattano e uno in cui non scattano", "правила без случая срабатывания и случая несрабатывания", "aturan tanpa kasus berlaku dan kasus tidak berlaku"},
	headChanges:      {"Changes", "变更", "Änderungen", "Cambios", "Changements", "Modifiche", "Изменения", "Perubahan"},
	headNoChanges:    {"no changes", "无变更", "keine Änderungen", "sin cambios", "aucun changement", "nessuna modifica", "изменений нет", "tidak ada perubahan"},
	headAdded:        {"added", "新增", "hinzugefügt", "añadido", "ajouté", "aggiunto", "добавлено", "ditambahkan"},
	headRemoved:      {"removed", "删除", "entfernt", "eliminado", "supprimé", "rimosso", "удалено", "dihapus"},
	headChanged:      {"changed", "修改", "geändert", "modificado", "modifié", "modificato", "изменено", "diubah"},
	headFiled:        {"filed", "提交日期", "eingereicht", "presentada", "déposée", "presentata", "подано", "diajukan"},
	headNobody:       {"none", "无", "keine", "ninguno", "aucun", "nessuno", "нет", "tidak ada"},
	classProvide:     {"provide", "补充材料", "einreichen", "presentar", "fournir", "fornire", "предоставить", "serahkan"},
	classCorrect:     {"correct", "更正", "berichtigen", "corregir", "corriger", "correggere", "исправить", "perbaiki"},
	classDoFirst:     {"do first", "先办理", "zuerst tun", "hacer antes", "faire d’abord", "fare prima", "сначала сделать", "lakukan dahulu"},
	classAnswer:      {"answer", "说明", "beantworten", "responder", "répondre", "rispondere", "ответить", "jawab"},
	classWait:        {"wait", "等待", "abwarten", "esperar", "attendre", "attendere", "ждать", "tunggu"},
	stepStock:        {"stock up in {country} first: at least {want} pieces in the warehouse", "先备货到海外（{country}）：仓库内至少 {want} 件", "zuerst Bestand aufbauen ({country}): mindestens {want} Stück im Lager", "primero tener existencias ({country}): al menos {want} unidades en el almacén", "constituer d’abord un stock ({country}) : au moins {want} pièces en entrepôt", "prima creare le scorte ({country}): almeno {want} pezzi in magazzino", "сначала создайте запас ({country}): не менее {want} шт. на складе", "siapkan stok lebih dahulu ({country}): sedikitnya {want} buah di gudang"},
	stepFile:         {"stock up in {country} first: at least {want} pieces in the warehouse or on their way", "先备货到海外（{country}）：在库或在途至少 {want} 件", "zuerst Bestand aufbauen ({country}): mindestens {want} Stück im Lager oder unterwegs", "primero tener existencias ({country}): al menos {want} unidades en el almacén o en tránsito", "constituer d’abord un stock ({country}) : au moins {want} pièces en entrepôt ou en transit", "prima creare le scorte ({country}): almeno {want} pezzi in magazzino o in transito", "сначала создайте запас ({country}): не менее {want} шт. на складе или в пути", "siapkan stok lebih dahulu ({country}): sedikitnya {want} buah di gudang atau dalam perjalanan"},
	stepApplicant:    {"who applies", "申请账号", "wer den Antrag stellt", "quién solicita", "qui fait la demande", "chi fa domanda", "кто подаёт заявку", "siapa yang mengajukan"},
	itemMainAccount:  {"the main account, when a sub-account applies", "由子账号申请时，其主账号", "das Hauptkonto, wenn ein Unterkonto den Antrag stellt", "la cuenta principal, si solicita una subcuenta", "le compte principal, si un sous-compte fait la demande", "il conto principale, se fa domanda un sottoconto", "основной аккаунт, если заявку подаёт субаккаунт", "akun utama, bila subakun yang mengajukan"},
	itemLegalForm:    {"legal form", "主体类型", "Rechtsform", "forma jurídica", "forme juridique", "forma giuridica", "правовая форма", "bentuk hukum"},
	itemHome:         {"home country, other than {country}", "卖家所在国家（不得为{country}）", "Heimatland, nicht {country}", "país de origen, distinto de {country}", "pays d’origine, autre que {country}", "paese d’origine, diverso da {country}", "страна заявителя, кроме {country}", "negara asal, selain {country}"},
	itemCategory:     {"category, none of those closed", "类目（不得为未开放类目）", "Kategorie, keine geschlossene", "categoría, ninguna de las cerradas", "catégorie, aucune des fermées", "categoria, nessuna di quelle chiuse", "категория, не из закрытых", "kategori, bukan yang ditutup"},
	itemOthers:       {"or the like", "或类似材料", "oder Ähnliches", "o similar", "ou équivalent", "o simile", "или подобное", "atau sejenisnya"},
}

func classHeading(c RemedyClass) heading {
	switch c {
	case Provide:
		return classProvide
	case Correct:
		return classCorrect
	case DoFirst:
		return classDoFirst
	case Answer:
		return classAnswer
	}
	return classWait
}
