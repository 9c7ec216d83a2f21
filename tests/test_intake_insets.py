"""Appeals and prompts go wherever they stand; an article about such things stays whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tagwire.intake import convert
from tagwire.intake.boilerplate import trim
from tagwire.intake.found import Asked, Converted
from tagwire.intake.pieces import lines_of
from tagwire.intake.structure import pieces

ASKED = Asked(site="", modified=datetime(2026, 3, 1, tzinfo=UTC))
STORY = (
    "The lighthouse of Skarv went dark on Sunday, for the first time since the war. Its keeper had locked himself out.",
    "He called the harbour master, who called the mayor, who has the only other key and was at a wedding inland.",
    "A trawler with nine men on board waited off the reef until dawn. Nobody was hurt, the coast guard said on Monday.",
    "The council will have a third key made. It will hang in the tavern, which never closes, behind the bar.",
)

APPEALS = [
    (
        (
            "Support the work of independent local news\n\n"
            "We can only do this because of you. Every gift, however small, counts."
        ),
        "donation-appeal",
    ),
    ("Help us keep the Courier free for everyone. Chip in from as little as 2 crowns a month.", "donation-appeal"),
    ("Your membership makes this reporting possible. Join today.", "donation-appeal"),
    ("If you value our reporting, please consider becoming a paying member.", "donation-appeal"),
    ("Like what you read? Donate to the Skarv Courier.", "donation-appeal"),
    (
        "This newsroom depends on people like you. Make a tax-deductible gift before 31 December and help us report.",
        "donation-appeal",
    ),
    (
        "The Courier has no paywall and no owner but its readers. Can you spare 5 crowns a month to keep it that way?",
        "donation-appeal",
    ),
    (
        "Before you go, we have a small favour to ask. Unlike others we have no paywall. Support us from just £1.",
        "donation-appeal",
    ),
    ("Already a member? Log in. Join the 4,000 who fund our journalism.", "donation-appeal"),
    ("Gefällt Ihnen dieser Artikel? Unterstützen Sie unsere Redaktion mit einer Spende.", "donation-appeal"),
    ("Download our app for breaking news from the coast.", "app-prompt"),
    ("Get the free Courier app and never be late for the latest news again.", "app-prompt"),
    ("Turn on notifications to get breaking news first.", "app-prompt"),
    ("Téléchargez notre application pour suivre l'actualité.", "app-prompt"),
    ("Get the day's top stories delivered to your inbox every morning.", "newsletter"),
    ("Never miss a story: subscribe to our morning briefing.", "newsletter"),
    ("Sign up here for Harbour Notes, our free newsletter. It's free.", "newsletter"),
    ("You have read 3 of your 5 free articles this month. Subscribe to keep reading.", "newsletter"),
    ("Stay informed with our weekly digest.", "newsletter"),
    ("Join our WhatsApp channel for news from the island.", "share"),
]


@pytest.mark.parametrize(("appeal", "rule"), APPEALS)
@pytest.mark.parametrize("at", [0, 2, 4], ids=["start", "inline", "end"])
def test_an_appeal_goes_wherever_it_stands(appeal: str, rule: str, at: int) -> None:
    """By the same rule, and nothing else goes with it."""
    text = "\n\n".join((*STORY[:at], appeal, *STORY[at:]))
    trimmed = trim(pieces(lines_of(text)))
    assert [name for name, _ in trimmed.cut] == [rule]
    assert [piece.plain for piece in trimmed.kept] == list(STORY)


NEWS = [
    "The museum has released a free app, which can be downloaded from the usual stores.",
    "Residents can download the app of the city to report potholes.",
    "To donate blood, call the clinic on Monday before noon.",
    "The shelter asks people to donate blankets. Gifts can be left at its gate, where volunteers sort them.",
    "Every gift counts, the treasurer said.",
    "She became a member of the party in 1999 and supported its newspaper.",
    "The newsletter, which the parish sends to 400 inboxes, will end in May.",
    "Subscribers of the paper paid for the statue of its founder.",
    "The union's app reminds its members to vote; most of them have turned off its notifications.",
    "“Support independent journalism. Donate today,” a poster on the wall of the tavern said.",
    "“Download our app,” the machine says, “and never miss a ferry.”",
    "We rely on the lighthouse, and you would too. Please give our keeper a rest.",
    "Our town needs a second key, and every crown counts. We all know it.",
    "Help came from the islands, where people gave what they could.",
    "The paper has no paywall, and its editor means to keep it that way.",
    "Get in early, the tavern warned on its board: the door is shut when the bar is full.",
    "See also: the light of Orm, which has been dark since 1962.",
]


@pytest.mark.parametrize("news", NEWS)
@pytest.mark.parametrize("at", [0, 2], ids=["start", "inline"])
def test_news_about_it_stays_wherever_it_stands(news: str, at: int) -> None:
    """What others ask and give, and what a writer asks for somebody else, is the article's."""
    text = "\n\n".join((*STORY[:at], news, *STORY[at:]))
    trimmed = trim(pieces(lines_of(text)))
    assert trimmed.cut == ()
    assert len(trimmed.kept) == 5


@pytest.mark.parametrize(
    "about",
    [
        (
            "The Skarv Courier begins a newsletter on Monday, written by its night editor.",
            "Sign up for our newsletter at the counter, or by post.",
            "The newsletter will be short, for the night editor is.",
        ),
        (
            "Three papers of the coast asked their readers for donations this week, each in its own words.",
            "Support independent journalism. Donate today.",
            "That was the shortest of the three. The Courier's donors got a pencil, those of the Gazette a thank you.",
        ),
        (
            "The ferry company has an app, and nobody knows how to use it. This is how it goes.",
            "Download our app for the latest news, says the first screen. Don't.",
            "The second screen asks for notifications. Say no.",
        ),
    ],
)
def test_an_article_about_appeals_stays_whole(about: tuple[str, ...]) -> None:
    """Where the text speaks of such things, what looks like an appeal is an example."""
    trimmed = trim(pieces(lines_of("\n\n".join((*about, STORY[3])))))
    assert trimmed.cut == ()


def test_an_appeal_above_the_headline_hides_it_from_nobody() -> None:
    """It goes, the headline is the title; and where the appeal is kept it stands above the text."""
    text = "\n\n".join(("Support independent journalism", "Sign up for our\nnewsletter.", "Light goes out", *STORY))
    made = convert(text.encode(), "sources/x.txt", ASKED)
    assert isinstance(made, Converted)
    assert made.title == "Light goes out"
    assert [(cut.rule, cut.lines) for cut in made.cuts] == [("donation-appeal", "1"), ("newsletter", "3-4")]
    assert made.text.split("\n---\n\n", 1)[1] == "\n\n".join(STORY) + "\n"
    kept = convert(text.encode(), "sources/x.txt", replace(ASKED, keep=("newsletter",)))
    assert isinstance(kept, Converted)
    assert kept.title == "Light goes out"
    assert kept.text.split("\n---\n\n", 1)[1] == "\n\n".join(("Sign up for our newsletter.", *STORY)) + "\n"


def test_a_headline_about_appeals_stays_one() -> None:
    """Where the text below it speaks of such things."""
    text = "Sign up for our newsletter today\n\nThe newsletter is new. " + "\n\n".join(STORY)
    made = convert(text.encode(), "sources/x.txt", ASKED)
    assert isinstance(made, Converted)
    assert (made.title, made.cuts) == ("Sign up for our newsletter today", ())


WORLD = {
    "ar": (
        "أبحرت العبّارة إلى سكارف مرة أخرى يوم الاثنين بعد أطول شتاء يتذكره سكان الجزيرة، كما قال قبطانها.",
        "ادعمونا: تبرعوا الآن لدعم الصحافة المستقلة.",
        "اشتركوا في نشرتنا البريدية.",
        "اقرأ أيضاً: مزلجة هولم",
        "تابعونا على فيسبوك وتويتر.",
    ),
    "fa": (
        "کشتی اسکارو روز دوشنبه پس از طولانی‌ترین زمستانی که مردم جزیره به یاد دارند دوباره به راه افتاد.",
        "از روزنامه‌نگاری مستقل حمایت کنید. همین حالا کمک مالی کنید.",
        "در خبرنامه ما عضو شوید.",
        "بیشتر بخوانید: سورتمه هولم",
        "ما را در تلگرام دنبال کنید.",
    ),
    "he": (
        "המעבורת לסקרב הפליגה שוב ביום שני אחרי החורף הארוך ביותר שזכור לתושבי האי, אמר רב החובל שלה.",
        "תמכו בנו! תרמו עכשיו לעיתונות עצמאית.",
        "הירשמו לניוזלטר שלנו.",
        "קראו גם: המזחלת של הולם",
        "עקבו אחרינו בפייסבוק.",
    ),
    "ja": (
        "渡し船は月曜日、島の人々が覚えている限り最も長い冬を越えて、再びスカルヴへ出航した。船長が明らかにした。",
        "ご支援をお願いします。今すぐ寄付する。",
        "ニュースレターに登録してください。",
        "関連記事：ホルムのそり",
    ),
    "zh": (
        "渡轮星期一再次驶往斯卡夫岛，船长表示，这是岛上居民记忆中最长的冬天，港口冰封了十一个星期。",
        "支持独立新闻，请立即捐款。",
        "欢迎订阅我们的电子报。",
        "相关阅读：霍尔姆的雪橇",
    ),
    "ru": (
        "Паром на Скарв в понедельник снова вышел в море после самой долгой зимы, сообщил его капитан.",
        "Поддержите нас! Сделайте пожертвование на независимую журналистику.",
        "Подпишитесь на нашу рассылку.",
        "Читайте также: Сани из Хольма",
        "Подписывайтесь на нас в Telegram.",
    ),
    "it": (
        "Il traghetto per Skarv torna in mare lunedì, ha detto il capitano, dopo l'inverno più lungo che si ricordi.",
        "Sostieni il giornalismo indipendente. Dona ora.",
        "Iscriviti alla nostra newsletter.",
        "Leggi anche: La slitta di Holm",
        "Seguici su Facebook e Instagram.",
    ),
    "pt": (
        "A balsa para Skarv volta a navegar na segunda-feira, disse o capitão, depois do inverno mais longo.",
        "Apoie o jornalismo independente. Faça uma doação.",
        "Assine a nossa newsletter.",
        "Leia também: O trenó de Holm",
        "Siga-nos no Facebook e no Instagram.",
    ),
    "nl": (
        "De veerboot naar Skarv vaart vanaf maandag weer, zei de kapitein, na de langste winter sinds heugenis.",
        "Steun onafhankelijke journalistiek. Doneer nu.",
        "Schrijf je in voor onze nieuwsbrief.",
        "Lees ook: De slee van Holm",
        "Volg ons op Facebook en Instagram.",
    ),
}
"""A paragraph of news, and appeals that stand around it."""


@pytest.mark.parametrize("lang", WORLD)
@pytest.mark.parametrize("at", [0, 1, 2], ids=["start", "inline", "end"])
def test_appeals_of_other_languages_go_too(lang: str, at: int) -> None:
    """Each by itself, wherever it stands."""
    news, *appeals = WORLD[lang]
    story = [news, news.replace(" ", "  ", 1)]
    for appeal in appeals:
        trimmed = trim(pieces(lines_of("\n\n".join((*story[:at], appeal, *story[at:])))))
        assert [piece.plain for _, cut in trimmed.cut for piece in cut] == [appeal]


@pytest.mark.parametrize(
    "news",
    [
        "وقالت المنظمة إن تبرعات الأهالي بلغت ألف كرونة، ودعت الناس إلى دعم الصيادين.",
        "شهردار گفت که مردم باید از ماهیگیران حمایت کنند و خبرنامه شهر هفته‌ای یک بار منتشر می‌شود.",
        "町長は「ご支援をお願いします」と話し、町のニュースレターに名前が載った。",
        "町は寄付を募り、島の人々が千クローネを寄付した。",
        "市长说：“请支持我们。”居民订阅的报纸每周出版一次。",
        "Il sindaco sostiene il giornalismo della scuola, e la scuola gli dona una penna.",
        "O prefeito fez uma doação à escola, que assina o jornal da ilha.",
        "De burgemeester steunt de krant van de school, en de school schrijft een nieuwsbrief.",
        "Мэр подписался на газету школы и просил поддержать рыбаков.",
    ],
)
def test_news_of_other_languages_stays(news: str) -> None:
    """What others ask and give is the article's."""
    story = "The ferry sails again.\n\n{}\n\nThe harbour was frozen for weeks."
    assert trim(pieces(lines_of(story.format(news)))).cut == ()


@pytest.mark.parametrize("mark", ["(more)", "-more-", "(MORE)", "-- more --", "- more follows -"])
def test_the_mark_at_the_foot_of_a_page_of_copy_goes(mark: str) -> None:
    """It told a typesetter that another page follows."""
    trimmed = trim(pieces(lines_of("\n\n".join((*STORY[:2], mark, *STORY[2:])))))
    assert [rule for rule, _ in trimmed.cut] == ["end-mark"]


def test_what_was_cut_inside_is_recorded_and_comes_back() -> None:
    """Each passage with its lines; kept where its rule may cut nothing."""
    inside = "Download our app for breaking news from the coast."
    above = "Sign up for our free newsletter."
    text = "\n\n".join(("Skarv lighthouse goes dark", above, STORY[0], inside, *STORY[1:]))
    made = convert(text.encode(), "sources/x.txt", ASKED)
    assert isinstance(made, Converted)
    assert [(cut.rule, cut.lines) for cut in made.cuts] == [("newsletter", "3"), ("app-prompt", "7")]
    assert made.text.split("\n---\n\n", 1)[1] == "\n\n".join(STORY) + "\n"
    kept = trim(pieces(lines_of(text)), frozenset({"app-prompt"}))
    assert inside in [piece.plain for piece in kept.kept]
