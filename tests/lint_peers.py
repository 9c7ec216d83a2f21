"""Feeds as other generators write them, with invented contents."""

# ruff: noqa: E501 - their bytes, not ours

from __future__ import annotations

HUGO = r"""<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>My Site</title>
    <link>https://blog.test/</link>
    <description>Recent content on My Site</description>
    <generator>Hugo -- gohugo.io</generator>
    <language>en-us</language>
    <lastBuildDate>Wed, 04 Mar 2026 10:00:00 +0000</lastBuildDate><atom:link href="https://blog.test/index.xml" rel="self" type="application/rss+xml" />
    <item>
      <title>Post &amp; two</title>
      <link>https://blog.test/posts/two/</link>
      <pubDate>Wed, 04 Mar 2026 10:00:00 +0000</pubDate>
      <guid>https://blog.test/posts/two/</guid>
      <description>&lt;p&gt;Hello&lt;/p&gt;</description>
    </item>
  </channel>
</rss>"""

WORDPRESS = r"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:atom="http://www.w3.org/2005/Atom"
	xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
	xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
	>
<channel>
	<title>Blog</title>
	<atom:link href="https://wp.test/feed/" rel="self" type="application/rss+xml" />
	<link>https://wp.test/</link>
	<description>Just another</description>
	<lastBuildDate>Wed, 04 Mar 2026 10:00:00 +0000</lastBuildDate>
	<language>en-US</language>
	<sy:updatePeriod>
	hourly	</sy:updatePeriod>
	<sy:updateFrequency>
	1	</sy:updateFrequency>
	<generator>https://wordpress.org/?v=6.9</generator>
<item>
		<title>AT&#038;T &#8211; x</title>
		<link>https://wp.test/2026/03/x/</link>
					<comments>https://wp.test/2026/03/x/#respond</comments>
		<dc:creator><![CDATA[admin]]></dc:creator>
		<pubDate>Wed, 04 Mar 2026 09:00:00 +0000</pubDate>
				<category><![CDATA[News]]></category>
		<guid isPermaLink="false">https://wp.test/?p=7</guid>
					<description><![CDATA[Short [&#8230;]]]></description>
										<content:encoded><![CDATA[<p>Hello <img loading="lazy" decoding="async" width="5" height="5" src="https://wp.test/a.png" alt="" srcset="https://wp.test/a.png 1x, https://wp.test/b.png 2x" /></p>
]]></content:encoded>
					<wfw:commentRss>https://wp.test/2026/03/x/feed/</wfw:commentRss>
			<slash:comments>0</slash:comments>
		</item>
	</channel>
</rss>"""

PELICAN = r"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>A Pelican Blog</title><link href="https://p.test/" rel="alternate"></link><link href="https://p.test/feeds/all.atom.xml" rel="self"></link><id>https://p.test/</id><updated>2026-03-04T10:00:00+01:00</updated><entry><title>Second</title><link href="https://p.test/second.html" rel="alternate"></link><published>2026-03-04T10:00:00+01:00</published><updated>2026-03-04T10:00:00+01:00</updated><author><name>Me</name></author><id>tag:p.test,2026-03-04:/second.html</id><summary type="html">&lt;p&gt;Sum&lt;/p&gt;</summary><content type="html">&lt;p&gt;Full&lt;/p&gt;
</content><category term="misc"></category><category term="a"></category></entry></feed>"""

JEKYLL = r"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" ><generator uri="https://jekyllrb.com/" version="4.3.3">Jekyll</generator><link href="https://j.test/feed.xml" rel="self" type="application/atom+xml" /><link href="https://j.test/" rel="alternate" type="text/html" /><updated>2026-04-30T10:00:00+00:00</updated><id>https://j.test/feed.xml</id><title type="html">J</title><subtitle>S</subtitle><author><name>J</name></author><entry><title type="html">Welcome &amp;amp; more</title><link href="https://j.test/w.html" rel="alternate" type="text/html" title="Welcome" /><published>2026-03-04T10:00:00+00:00</published><updated>2026-03-04T10:00:00+00:00</updated><id>https://j.test/w</id><content type="html" xml:base="https://j.test/w.html"><![CDATA[<p>x</p><p>y]]></content><summary type="html"><![CDATA[x]]></summary></entry></feed>"""
