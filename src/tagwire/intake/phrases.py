"""The phrases by which boilerplate is known, in English and the obvious ones of other languages.

To teach a rule a phrase, add it here and a text with it to the tests, beside a news paragraph that must survive.
"""

from __future__ import annotations

from tagwire.intake.phrase import any_of

_BEGINS = r"(?:^|[.!?:]\s+)(?:please\s+|bitte\s+)?"
_NETWORKS = r"(?:facebook|twitter|x|instagram|mastodon|bluesky|telegram|linkedin|whatsapp|pinterest|reddit|youtube)"

_UNTOLD = (
    r"(?=(?:sign|subscribe|register|get|receive|join|follow|like|find|download|install|try|read|turn|switch)\b)"
    r"(?![^.!?]*(?:\b(?:was|were|said|says|say|tells?|told|urged?s?|wrote|advised|asked|begged|bat|sagte|dijo|disse)\b"
    r"|,\s*read\b|\breads\b))"
)
"""Nobody else says so in this sentence: what a banner reads and a mayor advises is news.

The words of all patterns that it stands before come first, since the rest looks through the whole sentence.
"""

_NEWSLETTER = any_of(
    _BEGINS + _UNTOLD + r"(?:sign up|subscribe|register)\b[^.!?]*\b"
    r"(?:newsletter|e-?mail (?:list|alerts?|updates?)|digest|briefing|bulletin)(?! of\b)",
    _BEGINS + _UNTOLD + r"(?:get|receive)\b[^.!?]*\b"
    r"(?:(?:in|to|into) your (?:in-?box|mailbox|phone)|by e-?mail every|our (?:free )?newsletter)",
    _BEGINS + _UNTOLD + r"(?:sign up|subscribe)\b[^.!?]*\b(?:here|now|today)\b[.!]?$",
    _BEGINS + _UNTOLD + r"subscribe\b[^.!?,]*\b(?:full|unlimited) access\b[^.!?,]*(?:[.!]|$)",
    _BEGINS + _UNTOLD + r"join our (?:mailing list|newsletter)",
    _BEGINS + r"(?:never|don[’']t) miss (?:a|an|any|another|our) (?:story|thing|update|article|post|issue)\b",
    _BEGINS + r"(?:stay|keep) (?:informed|up to date|in the loop|in touch) (?:with|through|by) our\b",
    r"^you(?: have|[’']ve) (?:read|used|reached)\b[^.!?]*\bfree (?:articles|stories)\b",
    _BEGINS + r"subscribe(?: now| today)? to (?:read on|keep reading|continue(?: reading)?)\b",
    r"^abonnieren sie\b[^.!?]*\bnewsletter|^melden sie sich\b[^.!?]*\bnewsletter|^jetzt [^.!?]*newsletter\b",
    r"^(?:inscrivez|abonnez)-vous\b[^.!?]*\b(?:newsletter|lettre d[’']information|infolettre)",
    r"^(?:suscr[ií]bete|suscríbase|iscriviti|подпишитесь|підпишіться)\b",
    r"^(?:assin[ae]|inscreva-se|subscreva)\b[^.!?]*\b(?:newsletter|boletim)|^(?:schrijf (?:je|u) in|abonneer)\b"
    r"[^.!?]*\bnieuwsbrief|^(?:הירשמו|הרשמו)\b[^.!?]*(?:ניוזלטר|לעלון)",
    r"^(?:اشترك(?:وا)?|سجّ?لوا?)\s[^.!?؟]*(?:نشرتنا|النشرة (?:البريدية|الإخبارية))",
    r"^(?:در |به |برای )?[^.!?؟،]{0,30}خبرنامه[^.!?؟،]{0,30}(?:عضو|مشترک|ثبت.?نام) (?:شوید|کنید)\W*$",
    r"^[^。！？「『]{0,20}(?:ニュースレター|メールマガジン|メルマガ)[^。！？「『]{0,12}(?:登録|購読)(?:して(?:ください|下さい)|はこちら)",
    r"^(?:欢迎|歡迎|请|請)?(?:订阅|訂閱)(?:我们|我們|本报|本報)的?[^。！？“「]{0,12}(?:通讯|通訊|电子报|電子報|简报|簡報)",
)

_ONE = rf"(?:{_NETWORKS}\b|social media|@\w\S*|\(@\S+\)|https?://\S+|at \S+)"
_ON = rf"{_ONE}(?:(?:\s*[,/|&·]\s*|\s+)(?:(?:and|or|und|oder|et|y|en?|и)\s+)?(?:(?:on|no)\s+)?{_ONE})*"
_FOR = r"(?:\s+(?:for|to)\b[^.!?,]{0,80})?[.!:]?$"
_ARTICLE = r"(?:article|story|post|page|report|artikel|beitrag|artículo|noticia|nota|historia)"

_SHARE = any_of(
    rf"^(?:please\s+|click here to\s+)?share (?:this|the)\b(?: \w+)? {_ARTICLE}(?:\s+(?:on {_ON}|"
    r"(?:with|via|by|if|to)\b[^.!?,]{0,60}))?[.!:]?$",
    rf"^share(?: this)?(?: (?:on|via) {_ON}| with (?:your )?friends)?[.!:]?$",
    rf"{_BEGINS}{_UNTOLD}(?:follow|like|find|join) us (?:at\s+\S+\s+)?on {_ON}{_FOR}",
    rf"{_BEGINS}{_UNTOLD}join our {_NETWORKS} (?:channel|group|community)\b",
    rf"^{_UNTOLD}follow [\w@ .’'-]{{2,50}} on {_ON}{_FOR}",
    rf"^(?:(?:{_NETWORKS}|e-?mail|print|share|tweet|copy link)(?:\s*[|·•,/]\s*|\s+|$)){{2,}}$",
    rf"^(?:teilen sie (?:diesen|den)|partagez? cet|compart[ea] est[ea]) {_ARTICLE}\b[^.!?,]{{0,60}}[.!:]?$",
    rf"^(?:folgen sie uns|suivez-nous|síguenos|seguici|siga-nos|volg ons|подписывайтесь на нас)"
    rf" (?:auf|bei|sur|en|su|no|op|via|в) {_ON}{_FOR}|^artikel teilen\b",
    r"^(?:تابعونا|تابعنا) (?:على|عبر) [^.!?؟،]{2,60}\W*$|^ما را در [^.!?؟،]{2,40} دنبال کنید\W*$|^עקבו אחרינו ב",
    r"^(?:поделиться|поделитесь|підписуйтесь на нас)\b",
)

_RESERVED = (
    r"(?:all rights? reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados"
    r"|tutti i diritti riservati|все права защищены|усі права захищен[оі]|כל הזכויות שמורות)"
)

_APP = any_of(
    _BEGINS + _UNTOLD + r"(?:download|get|install|try) our\b[^.!?]*\bapps?\b",
    _BEGINS + _UNTOLD + r"(?:download|get|install)\b[^.!?]*\bapp\b[^.!?]*\b(?:breaking|latest) (?:news|stories)\b",
    _BEGINS + _UNTOLD + r"(?:read|follow|get)\b[^.!?]*\bin our app\b",
    _BEGINS + _UNTOLD + r"(?:turn|switch) on\b[^.!?]*\bnotifications?\b[^.!?]*\b(?:news|stories|headlines|updates)\b",
    r"^our (?:\w+ )?app is (?:free|available|now)\b",
    r"^(?:laden sie|holen sie sich|jetzt)\b[^.!?]*\bunsere(?: \w+)? app\b|^téléchargez\b[^.!?]*\bnotre appli",
    r"^descarg(?:a|ue)\b[^.!?]*\bnuestra (?:app|aplicación)|^скачайте\b[^.!?]*\bнаше приложение",
)

_COPYRIGHT = any_of(
    r"^(?:copyright\s*)?[©ⓒ]️?[^.!?]{0,120}\d{4}|^[^.!?]{0,40}[©ⓒ].{0,60}무단\s?전재|^(?:copyright\s*)?(?:\(c\)\s*)(?:by\s+)?\d{4}|^copyright\s+\d{4}\b",
    r"^copyright\s+(?-i:(?:[A-Z][\w&.’'-]*,?\s+){1,6})\d{4}\b(?=\.|$)",
    rf"(?:^|[.!?|·]\s+|\d{{4}}\s+){_RESERVED}(?:\s*[.!|·]|\s*$)",
    r"^(?:©|ⓒ|\(c\)|copyright)\s*(?-i:[A-Z][\w.&’'-]*(?:\s+[A-Z][\w.&’'-]*){0,4})$",
    r"저작권법의 보호를 받으며",
    r"^this material may not be published, broadcast",
    r"^reproduction (?:of this \w+ )?without permission is (?:strictly |expressly )?(?:prohibited|forbidden)",
)

_RELATED_LINE = any_of(
    r"^(?:related|read (?:more|also|next)|see also|more on this(?: story)?|lesen sie auch|mehr zum thema"
    r"|lire aussi|à lire aussi|lea también|leggi anche|читайте также|читайте також)\s*:\s*\S.{0,200}$",
    r"^(?:more|for more|read more)(?: [\w’'&-]+){0,5}\s*[:,]?\s+(?:(?:and\s+)?https?://\S+\s*){1,3}$",
)

_READ_MORE = any_of(
    r"^(?:related|read (?:more|also|next)|more on this story|lesen sie auch|mehr zum thema|(?:à )?lire aussi"
    r"|lea también|leggi anche|leia também|lees ook|читайте (?:также|також)|קראו גם|اقرأ أيض[اًً]{1,2}|بیشتر بخوانید"
    r"|関連記事|相关(?:阅读|新闻)|相關(?:閱讀|新聞)|延伸(?:阅读|閱讀))\s*[:：]\s*\S.{0,200}$",
)

_MAIL_FOOTER = any_of(
    r"^you (?:are receiving|received|are getting|get) this (?:e-?mail|message|newsletter) because\b",
    r"^(?:to )?unsubscribe\b(?:\s*[|·,/]|\s+(?:here|at|from this|from our)\b|[.!]?$)",
    r"^sie erhalten diese (?:e-?mail|nachricht), weil\b|^(?:newsletter )?abbestellen\b|^se désabonner\b",
)

_MORE_MARK = any_of(r"^[-–—(]{1,2}\s?more(?: follows| to come)?\s?[-–—)]{1,2}$")
_END_MARK = any_of(r"^[-–—]\s?30\s?[-–—]$|^#(?:\s?#){1,5}$|^[-–—*]*\s?(?-i:ENDS?|Ends)\s?[-–—*]*$")

STANDING = (
    ("end-mark", _END_MARK),
    ("mail-footer", _MAIL_FOOTER),
    ("newsletter", _NEWSLETTER),
    ("app-prompt", _APP),
    ("share", _SHARE),
    ("copyright", _COPYRIGHT),
    ("related-links", _RELATED_LINE),
)
"""(rule, phrase by which one short paragraph falls under it)."""

_AD = any_of(
    r"^(?:advertisement|advertising|anzeige|werbung|publicité|publicidad|pubblicità|advertentie|реклама|広告|广告|廣告)\W*$",
    r"^(?:the )?(?:article|story) continues (?:below|after)(?: (?:the |this )?(?:ad|advert|advertisement))?\W*$",
)

INSETS = (
    ("advertisement", _AD),
    ("newsletter", _NEWSLETTER),
    ("app-prompt", _APP),
    ("share", _SHARE),
    ("related-links", _READ_MORE),
    ("end-mark", _MORE_MARK),
)
"""Those that also stand above an article and between its paragraphs."""

TOPICS = {
    "newsletter": any_of(
        r"\bnewsletters?\b|\bsubscri(?:b|p)|\be-?mails?\b|\binfolettre|\bboleti[mn]|\bboletín|\bnieuwsbrief|\bрассыл"
        r"|\bрозсил|ניוזלטר|النشرة|خبرنامه|ニュースレター|メールマガジン|メルマガ|订阅|訂閱"
    ),
    "advertisement": any_of(
        r"\badvert|\bads?\b|\banzeige|\bwerb|\bpublici|\bpubblicit|\badvertent|\bреклам|広告|广告|廣告"
    ),
    "app-prompt": any_of(r"\bapps?\b|\bapplis?\b|\bnotifications?\b"),
    "donation-appeal": any_of(
        r"\bdonat|\bdonors?\b|\bfundrais|\bcharit|\bmemberships?\b|\bappeals?\b|\bpaywall|\bspende|\bdons?\b"
        r"|\bdonazion|\bdonacion|\bdonaci[oó]n|\bdoaç|\bпожертв|תרומ|תרומות|تبرع|کمک(?:‌های)? مالی|寄付|寄附|捐"
    ),
}
"""Of what an article speaks that is about such things."""

RELATED = any_of(
    r"^(?:related(?: (?:articles?|stories|posts|content|coverage|news|links|reading|topics))?|read (?:more|next|also)"
    r"|more (?:from|on|in) [\w’' -]{2,40}|more (?:stories|news)|you (?:may|might) (?:also )?like"
    r"|recommended(?: for you)?|see also|most read|trending|further reading|mehr zum thema|lesen sie auch"
    r"|das könnte sie auch interessieren|(?:à )?lire aussi|sur le même sujet|lea también|leggi anche"
    r"|читайте (?:также|також)|קראו גם)\s*:?$",
)
"""The line above links to other articles."""

_GIFT = r"(?:donations?|contributions?|gifts?|pledges?)"
_WORK = r"(?:work|journalism|reporting|newsroom|mission|coverage|journalists|independen)"

ASKING = any_of(
    rf"\b(?:your|monthly|generous|one-time|recurring|tax-deductible|reader) (?:\w+ )?{_GIFT}\b",
    r"\b(?:generosity|support) of (?:\w+ ){0,2}(?:readers|supporters|donors|members|(?:people|readers) like you)\b",
    r"\b(?:donate|contribute|give) (?:now|today|here|to us|to our|via|at\b|monthly|what you can)",
    rf"\bmak(?:e|ing) a (?:[\w-]+ )?{_GIFT}\b",
    r"\bbecom(?:e|ing) an? (?:\w+ )?(?:member|supporter|patron|donor|subscriber|friend)\b",
    rf"\b(?:support|fund|sustain|help) (?:us\b|our (?:\w+ )?{_WORK})",
    r"\bsupport (?:\w+ )?(?:independent |quality |local |nonprofit )?journalism\b",
    r"\bplease (?:consider|support|donate|give|help)\b|\bchip in\b",
    r"\bevery (?:\w+ )?(?:dollar|euro|pound|crown|cent|penny|gift|donation|contribution)\b[^.!?]{0,30}"
    r"\b(?:counts|helps|matters|makes a difference)\b",
    r"\bconsider (?:becoming|joining|donating|subscribing|giving|supporting)\b|\bsmall favou?r to ask\b",
    r"\bsupport the work of\b|\byour (?:membership|subscription)\b|\b(?:no|without a) paywall\b",
    r"\bunterstützen sie (?:uns|unsere|unseren)\b|\b(?:ihre|deine) (?:spende|unterstützung)\b|\bspenden sie\b",
    r"\bwerden sie mitglied\b|\bsoutenez(?:-nous| notre| nos)\b|\bfaites un don\b|\bvotre (?:don|soutien)\b",
    r"\bhaga una donación\b|\bapoye nuestr|\bsu donación\b",
    r"\bподдержите (?:нас|наш)|\bпідтримайте (?:нас|наш)|\bваш[аеу]? (?:пожертв|поддержк|підтримк)|\bתרמו\b",
)
"""Asks for money or support."""

_MONEY = r"(?:[$€£¥]\s?\d|\d+\s?(?:[$€£¥]|dollars|euros?|pounds))"
_PRESS = (
    r"(?:(?:independent|local|free|quality|non-?profit|public|fearless|our|the|your) ){0,3}"
    r"(?:journalism|reporting|newsroom|news|press)"
)

_START = r"(?:^|[.!?]\s+)"

APPEAL = any_of(
    _BEGINS + rf"(?:support|fund|help) (?:the (?:work|future) of )?{_PRESS}"
    r"(?:\s+(?:today|now|with|by|and)\b[^.!?,]*)?(?:[.!:]|$)",
    _BEGINS + rf"becom(?:e|ing) an? (?:\w+ )?(?:member|supporter|patron|subscriber)\b[^.!?,]*{_MONEY}"
    r"[^.!?,]*(?:[.!]|$)",
    _BEGINS + r"becom(?:e|ing) an? (?:\w+ )?(?:member|supporter|patron|subscriber)(?: today| now)?(?:[.!]|$)",
    r"\b(?:this|our) (?:story|article|report|reporting|journalism|work|coverage|news)\w* (?:was|is) "
    r"(?:made possible|funded|supported|paid for|powered) by (?:\w+ ){0,2}"
    r"(?:readers?|people|members?|donors?|supporters?|listeners?)\b",
    rf"\bfor (?:as little as|just|only) {_MONEY}[^.!?]*\b(?:you|your|us|our|we)\b",
    rf"{_BEGINS}(?:support|chip in|join|help)\b[^.!?]*\b(?:for|from) (?:as little as|just|only) "
    rf"(?:{_MONEY}|\d+ \w+ (?:a|per) (?:month|week|year))",
    r"\bwe can (?:only )?(?:do|keep doing) this (?:only )?(?:because of|thanks to|with) (?:you|your|our readers)\b",
    r"\byour (?:membership|gift|donation|support|subscription|contribution)s? "
    r"(?:makes?|keeps?|helps?|funds?|pays? for|sustains?) (?:us|our|this|the)\b",
    r"\b(?:depends?|rel(?:y|ies)|runs?) on (?:people|readers|supporters|members|donors) like you\b",
    rf"{_BEGINS}(?:can|could|will) you (?:spare|give|chip in)\b[^.!?]*"
    rf"(?:{_MONEY}|\b(?:dollars|euros|pounds|crowns|month|week)\b)[^.!?]*\?",
    r"^(?:like|liked|love|enjoy|enjoyed|enjoying|value)\b[^.!?]{0,60}\b(?:read|reading|story|article|work|post|reporting)"
    r"\b[^.!?]{0,20}\?\s+(?:then )?(?:please )?(?:donate|support|subscribe|become|join|consider|give|chip in|buy)\b",
    r"^already an? (?:member|subscriber|supporter)\?",
    r"^if you (?:’ve |'ve |have )?(?:enjoy|lik|valu|appreciat|lov)(?:ed?|ing)? (?:this|our|these|reading|what)\b[^.!?]*"
    r"\b(?:articles?|stor(?:y|ies)|posts?|work|pieces?|reporting|journalism|site|read)\b[^.!?]*"
    r"\b(?:proposition for you|join us|consider (?:becoming|joining|donating|subscribing|giving|supporting)"
    r"|please (?:join|support|donate|subscribe|give|help)|subscribe to)\b",
    r"\bbuy (?:us|me) a (?:coffee|beer|ko-?fi)\b",
    r"\b(?:support|donate|help|give|back|tip)\b[^.!?]*\bhttps?://(?:www\.)?"
    r"(?:patreon|ko-fi|buymeacoffee|paypal|liberapay|opencollective|gofundme|steadyhq)\b",
    _START + r"(?:unterstützen sie|unterstütze|unterstützt) [^.!?,]*(?:journalismus|uns|redaktion)"
    r"[^.!?,]*(?:[.!]|$)",
    _START + r"jetzt (?:spenden|unterstützen|mitglied werden)(?:[.!]|$)",
    _START + r"(?:apoya|apoye|apoyá) (?:el periodismo|nuestro|a nuestr)[^.!?,]*(?:[.!]|$)",
    _START + r"(?:haz|haga|hacé) (?:tu|una|su|un) (?:donación|donativo)|(?:^|[.!?]\s+)dona (?:ahora|hoy)",
    _START + r"(?:soutenez(?:-nous| (?:la presse|(?:le|un) journalisme|notre))|faites un don)"
    r"[^.!?,]*(?:[.!]|$)",
    _START + r"(?:sostieni|apoie|steun) (?:ons|il giornalismo|o jornalismo|onafhankelijke)",
    r"^(?:поддержите|підтримайте) (?:нас|наш|независим|незалежн)|(?:^|[.!?]\s+)(?:сделайте|зробіть) (?:пожертв|внесок)",
    _START + r"(?:תמכו (?:בנו|בעיתונות|בעבודתנו)|תרמו (?:עכשיו|לנו|היום|כעת))",
    _START + r"(?:sostieni|sostenete) (?:la (?:nostra )?(?:redazione|stampa)|il nostro)[^.!?,]*(?:[.!]|$)",
    _START + r"(?:faça (?:já )?(?:uma|a sua) (?:doação|contribuição)|steun onze)[^.!?,]*(?:[.!]|$)",
    r"^(?:ادعمونا|ادعموا (?:صحافتنا|الصحافة)|ادعم(?:نا| صحافتنا| الصحافة المستقلة))(?:\W|$)",
    _BEGINS + r"تبرعوا? (?:الآن|اليوم|لنا)",
    r"^(?:لطفا )?از (?:ما|روزنامه.?نگاری (?:ما|مستقل)|رسان(?:ه|هٔ|ه‌ی) (?:ما|مستقل)) حمایت کنید(?:[.!]|$)",
    r"^[^。！？「『]{0,16}ご(?:支援|寄付|寄附)を?(?:よろしく)?お願い(?:し|いたし|致し)ます|(?:^|[。！？]\s*)今すぐ寄付(?:する|して)",
    r"^(?:私たちの|独立した|本紙の)(?:報道|ジャーナリズム)を(?:ご)?支援(?:して)?(?:ください|下さい)",
    r"(?:^|[。！？，]\s*)(?:请|請)?支持(?:我们|我們|独立|獨立|本报|本報)",
    r"(?:^|[。！？，]\s*)(?:请|請)?(?:立即|现在|現在|马上)?(?:捐款|捐赠|捐助|贊助)(?:[。！]|$)",
)
"""Asks in so many words that nobody else would."""

ASIDE = any_of(
    r"\b(?:like|liked|love|enjoy|enjoyed|enjoying|value|gefällt|gefallen)\b[^.!?]*\?$",
    r"^(?:donate|give) to (?:the|our)\b",
    r"^(?:it|they|this|that)(?:[’']s| is| are)?(?: \w+){0,3} (?:free|easy|takes? (?:a|one|two)\b[^.!?]*)\W*$",
    r"^(?:thank you|thanks)\b[^.!?]{0,60}\W*$|^not (?:yet|a member)\b[^.!?]{0,20}\?$|^(?:log|sign) in\W*$",
    r"^(?:join|donate|subscribe|give|support us|sign up|help)(?: us)?(?: now| today| here| in)?\W*$",
    r"^(?:dona|doe|doneer|aiutaci)(?: (?:ora|adesso|oggi|agora|hoje|nu|vandaag))?\W*$",
    r"^(?:grazie|obrigad[oa]|bedankt)\W*$",
    r"^(?:همین حالا |اکنون |امروز )?(?:کمک مالی|حمایت مالی) کنید\W*$|^(?:شكرا|شکرا|ممنون)\W*$",
    r"^join (?:\S+ ){1,4}who (?:fund|support|pay|read|give)\b",
    r"^(?:we|our|unlike|members get|before you go|dear readers?|nous|notre|wir|unsere?)\b",
    r"\b(?:has|have|with|there is) no (?:paywall|owner|adverts?|shareholders?)\b|\b(?:un)?subscribe at any time\b",
)
"""Says why, or says thanks: a sentence beside one that asks."""

PUBLISHED = any_of(
    r"\b(?:journalis[mt]\w*|reporting|reporters?|newsroom|newspaper|news|paywall|readers?|subscribers?|articles?|stories"
    r"|magazine|coverage|podcast|redaktion|journalismus|leser\w*|journalisme|lecteurs|periodismo|lectores)\b"
)
"""Speaks of what a publication does, as appeals for anything else do not."""

TOLD = any_of(
    r"\b(?:said|says|say|tells?|told|urged|asked|wrote|read the|reads|ruled|sagte|dijo|a dit|disse|сказал\w*)\b"
    r"|说|說|אמר"
)
"""Somebody else speaks."""

NOTE = any_of(
    r"^(?:corrections?|clarification|editor[’']s note|update[ds]?|korrektur|anmerkung[\w ]*|corrección|исправление)"
    r"\s?[:：—–-]",
    r"^(?:additional )?(?:reporting|writing|editing|compiled|edited|translated|written) (?:\w+ )?by\b",
    r"^this (?:article|story|report|post|version) (?:has been|was|is) (?:updated|corrected|amended|edited|revised)\b",
)
"""What editors say about the article itself, which is no appeal wherever it stands."""

WE = any_of(
    r"\b(?:we|us|our|ours|we[’']re|wir|uns|unser\w*|nous|notre|nos|nosotros|nuestr[ao]s?|мы|нас|нам|наш\w*|ми"
    r"|אנחנו|שלנו)\b"
)
"""Speaks for the publication."""

YOU = any_of(
    r"\b(?:you|your|readers?|subscribers?|supporters?|donors?|please|sie|ihre?n?|leser\w*|vous|votre|vos|lecteurs"
    r"|usted|su|ваш\w*|вы|вас|ви|donate|give)\b"
)
"""Speaks to its readers."""

CALL = any_of(
    r"^(?:please )?(?:support|donate|give|help|sustain|join us|stand with|become a|contribute|invest in)\b",
    r"^keep \w+ (?:free|alive|independent)\b",
    r"^(?:a (?:message|note|word|letter) (?:from|to)|dear readers?|before you go|thank you for reading)\b",
    r"^(?:we need (?:you|your)|enjoyed? this|unterstützen sie|spenden|in eigener sache|liebe leser\w*|soutenez)\b",
    r"^(?:faites un don|chers lecteurs|apoye|dona|поддержите|підтримайте|תמכו)\b",
)
"""The line above an appeal."""
