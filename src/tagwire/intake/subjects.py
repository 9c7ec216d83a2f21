"""Words for tags: subjects of general news, and words that are never a tag.

The subjects follow the upper levels of the IPTC Media Topics, as English newsrooms spell them.
"""

from __future__ import annotations

SUBJECTS = frozenset(
    line.strip()
    for line in """
    abortion, air pollution, animal welfare, anti-Semitism, antisemitism, arms control, arms race, arms sales
    artificial intelligence, asylum seekers, bird flu, budget deficit, capital punishment, carbon emissions, cease-fire
    ceasefire, central bank, child labor, child labour, civil rights, civil war, climate change, coal mining
    consumer prices, consumer protection, coronavirus, crypto currencies, cryptocurrency, cultural heritage
    cyber attacks, cyber crime, cyber defense, cyber security, cyber war, cyber warfare, cyberattacks, cybersecurity
    data breach, data protection, death penalty, disaster relief, domestic violence, drug trafficking, early education
    electric vehicles, energy efficiency, energy policy, energy prices, entrepreneurship, equal pay, exchange rates
    fake news, food safety, foreign aid, foreign policy, forest fires, fossil fuels, free speech, free trade
    freedom of speech, freedom of the press, gender equality, gene therapy, genetic engineering, global warming
    greenhouse gases, gun control, hate speech, health care, higher education, housing market, human rights
    human trafficking, identity theft, immigration policy, income tax, industrial espionage, infectious diseases
    inflation, intellectual property, interest rates, international law, labor market, labour market, machine learning
    mass shooting, medical research, mental health, middle class, military spending, minimum wage, money laundering
    national security, natural disasters, natural gas, net neutrality, nuclear deal, nuclear energy, nuclear power
    nuclear program, nuclear programme, nuclear weapons, oil prices, open source, opinion polls, organ donation
    organized crime, peace process, peace talks, pension funds, plastic waste, police brutality, political parties
    press freedom, prime minister, prisoner exchange, public health, public transport, quantum computing, racism
    real estate, refugees, renewable energy, rural development, same-sex marriage, search and rescue, self-driving cars
    social media, social security, solar energy, solar power, space exploration, sports betting, stem cells
    stock market, suicide bombing, supply chain, supply chains, supreme court, tax evasion, trade unions, trade war
    tuition fees, unemployment, urban planning, vaccination, voting rights, war crimes, water supply, wildfires
    wind energy, wind power, women's rights, world war, youth unemployment
    """.replace("\n", ",").split(",")
    if line.strip()
)

STOP = frozenset(
    """
    a about above according across after again against ago all almost along already also although always am amid
    among an and another any anyone anything are around as asked at away back be became because become been before
    began behind being below between both but by came can cannot claimed come could day days dear denied described
    despite did do does doing done down during each earlier early either else end enough especially even eventually
    ever every everyone everything except far few finally first five following for former forward found four from
    full further gave get give given go goes going gone good got great had has have having he her here herself hers
    high him himself his hours how however i if in including indeed instead into is it its itself just kept kind
    knew know known large last late later latest least left less let like likely little local long longer look made
    main mainly make makes making man many may me mean means meanwhile men might million billion minutes mr mrs ms
    dr month months more moreover most much must my myself near nearly need needs neither never nevertheless new
    next nine no nobody none nor not nothing now number of off officials often old on once one ones only onto open
    or other others otherwise our out over own part particular past people per percent perhaps place point possible
    put quite rather really recent recently reported right said same saw say saying says second see seem seemed seen
    set seven several shall she should show showed side since six so some someone something soon still such take
    taken ten than thanks that the their them themselves then there therefore these they thing things think this
    those though thought thousand thousands three through throughout thus time times to today together told tomorrow
    too took toward towards two under until up upon us use used using various very via want wanted was way we week
    weeks well went were what when where whether which while who whole whom whose why widely will with within
    without woman women word words work would year years yes yesterday yet you young your appropriate additional
    additionally apparently allegedly clearly support click read update story article photo
    """.split()
)
"""English words that begin no tag and end none, lower case."""

GENERIC = frozenset(
    """
    agency agencies association authorities board chairman chief committee company council department director editor
    executive foreign general governor government governments head leader leaders member members minister ministers
    ministry mayor news office officer official officials police president press professor reporter reporters secretary
    senator service source sources spokesman spokesperson spokeswoman statement team teams country countries city state
    states world region area places facilities sites systems amount kilometers kilometres miles meters metres feet
    """.split()
)
"""English words that say who or what kind, never what about."""

DEMONYMS = frozenset(
    """
    african american arab arabic argentinian asian australian austrian belgian brazilian british bulgarian canadian
    chinese christian cuban czech danish dutch egyptian english european finnish french german greek hungarian indian
    iranian iraqi irish islamic israeli italian japanese jewish korean lebanese mexican muslim norwegian pakistani
    palestinian palestinians polish portuguese romanian russian saudi scottish spanish swedish swiss syrian turkish
    ukrainian vietnamese western eastern northern southern republican republicans democrat democrats democratic
    americans israelis iranians russians ukrainians europeans germans christians muslims jews
    """.split()
)
"""Adjectives and peoples that newsrooms write with a capital; a country's own name is the better tag."""
