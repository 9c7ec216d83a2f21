// What feedsmith reads in the feeds named as arguments: JSON of [id, title, url, published, updated, content] per entry.
import { readFileSync } from "node:fs";
import { parseFeed } from "feedsmith";

const seen = {
  rss: (one) => [one.guid?.value, one.title, one.link, one.pubDate, null, one.content?.encoded],
  atom: (one) => {
    const link = one.links?.find((each) => each.rel === "alternate")?.href;
    return [one.id, one.title?.value, link, one.published, one.updated, one.content?.value];
  },
  json: (one) => [one.id, one.title, one.url, one.date_published, one.date_modified, one.content_html],
};

const all = process.argv.slice(2).map((path) => {
  const { format, feed } = parseFeed(readFileSync(path, "utf8"));
  return (feed.items ?? feed.entries).map(seen[format]);
});
console.log(JSON.stringify(all));
