// Charts from the same CSV that their link gives. Time runs with the language: in Arabic from right to left.
(() => {
  "use strict";
  const STANCES = ["support", "oppose", "conditional", "undecided"];
  const rtl = () => document.documentElement.dir === "rtl";
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  // d3.csvParse makes functions from text, which this site's policy forbids.
  const parse = (text) => {
    const [head, ...rows] = d3.csvParseRows(text.trim());
    return rows.map((row) => Object.fromEntries(head.map((name, n) => [name, row[n]])));
  };
  const dateOf = (day) => {
    const [year, month = "01", date = "01"] = day.split("-");
    return new Date(Date.UTC(+year, +month - 1, +date));
  };
  const pattern = (words) => (width) => {
    const format = new Intl.DateTimeFormat(words, { year: "numeric", month: "short", timeZone: "UTC", numberingSystem: "latn" });
    const years = new Intl.DateTimeFormat(words, { year: "numeric", timeZone: "UTC", numberingSystem: "latn" });
    return { format: (date) => (date.getUTCMonth() ? format : years).format(date), ticks: Math.max(2, Math.floor(width / 110)) };
  };
  const surface = (box, height) => {
    const width = Math.max(260, box.clientWidth);
    const svg = d3.select(box).append("svg").attr("viewBox", `0 0 ${width} ${height}`).attr("width", width).attr("height", height).attr("direction", rtl() ? "rtl" : "ltr").attr("aria-hidden", "true");
    return { svg, width };
  };
  const across = (domain, width, margin) => d3.scaleUtc(domain, rtl() ? [width - margin.end, margin.start].map((x, n) => (n ? margin.end : width - margin.start)) : [margin.start, width - margin.end]);
  const dateAxis = (svg, x, y, lang, width) => {
    const { format, ticks } = pattern(lang === "ar" ? "ar-EG" : "en-GB")(width);
    const days = x.ticks(ticks).filter((day, n, all) => n === 0 || format(day) !== format(all[n - 1]));
    svg.append("g").attr("class", "axis").attr("transform", `translate(0,${y})`).call(d3.axisBottom(x).tickValues(days).tickFormat(format).tickSizeOuter(0));
  };
  const countAxis = (svg, y, width, margin) => {
    const at = rtl() ? width - margin.start : margin.start;
    const axis = (rtl() ? d3.axisRight(y) : d3.axisLeft(y)).ticks(4).tickSizeOuter(0);
    svg.append("g").attr("class", "axis").attr("transform", `translate(${at},0)`).call(axis);
  };
  const key = (box, entries) => {
    const list = d3.select(box).append("ul").attr("class", "key");
    for (const [name, words] of entries) {
      const item = list.append("li");
      item.append("span").attr("class", `swatch sw-${name}`);
      item.append("span").text(words);
    }
  };

  const activity = (box, rows, words, lang) => {
    const data = rows.filter((row) => /^\d{4}-\d{2}/.test(row.period)).map((row) => ({ day: dateOf(row.period), count: +row.occurrences, period: row.period }));
    if (!data.length) return;
    const margin = { start: 34, end: 12, top: 8, bottom: 24 }, height = 150;
    const { svg, width } = surface(box, height);
    const months = d3.utcMonth.count(data[0].day, data[data.length - 1].day) + 1;
    const x = across([data[0].day, d3.utcMonth.offset(data[data.length - 1].day, 1)], width, margin);
    const y = d3.scaleLinear([0, d3.max(data, (d) => d.count)], [height - margin.bottom, margin.top]).nice();
    const bar = Math.max(2, (width - margin.start - margin.end) / months - 2);
    const links = svg.append("g").selectAll("a").data(data).join("a").attr("href", (d) => `?since=${d.period}&until=${d.period}`).attr("tabindex", -1);
    links.append("rect").attr("class", "bar").attr("x", (d) => (rtl() ? x(d.day) - bar : x(d.day))).attr("width", bar).attr("y", (d) => y(d.count)).attr("height", (d) => y(0) - y(d.count)).append("title").text((d) => `${d.period}: ${d.count}`);
    countAxis(svg, y, width, margin);
    dateAxis(svg, x, height - margin.bottom, lang, width);
  };

  const pair = (box, rows, words, lang) => {
    const data = rows.filter((row) => /^\d{4}-\d{2}$/.test(row.month)).map((row) => ({ day: dateOf(row.month), good: +row.cooperation_score, bad: +row.conflict_score, net: +row.net, month: row.month, events: row.events })).sort((a, b) => a.day - b.day);
    if (!data.length) return;
    const margin = { start: 38, end: 12, top: 8, bottom: 24 }, height = 260;
    key(box, [["cooperation", words.cooperation], ["conflict", words.conflict], ["net", words.net]]);
    const { svg, width } = surface(box, height);
    const last = d3.utcMonth.offset(data[data.length - 1].day, 1);
    const months = d3.utcMonth.count(data[0].day, last);
    const x = across([data[0].day, last], width, margin);
    const y = d3.scaleLinear([Math.min(-1, d3.min(data, (d) => d.bad)), Math.max(1, d3.max(data, (d) => d.good))], [height - margin.bottom, margin.top]).nice();
    const bar = Math.max(2, Math.min(28, (width - margin.start - margin.end) / months - 2));
    const left = (d) => (rtl() ? x(d.day) - bar : x(d.day));
    const month = svg.append("g").selectAll("g").data(data).join("g");
    month.append("rect").attr("class", "good").attr("x", left).attr("width", bar).attr("y", (d) => y(d.good)).attr("height", (d) => y(0) - y(d.good));
    month.append("rect").attr("class", "bad").attr("x", left).attr("width", bar).attr("y", y(0)).attr("height", (d) => y(d.bad) - y(0));
    month.append("title").text((d) => `${d.month} · ${words.cooperation} ${d.good} · ${words.conflict} ${d.bad} · ${words.net} ${d.net}`);
    svg.append("line").attr("class", "zero").attr("x1", margin.end).attr("x2", width - margin.end).attr("y1", y(0)).attr("y2", y(0));
    svg.append("path").attr("class", "net").attr("d", d3.line((d) => left(d) + bar / 2, (d) => y(d.net))(data));
    svg.append("g").selectAll("circle").data(data).join("circle").attr("class", "netdot").attr("r", 2.5).attr("cx", (d) => left(d) + bar / 2).attr("cy", (d) => y(d.net));
    countAxis(svg, y, width, margin);
    dateAxis(svg, x, height - margin.bottom, lang, width);
  };

  const stances = (box, rows, words, lang) => {
    const known = rows.filter((row) => STANCES.includes(row.stance) && row.day.length === 10);
    if (!known.length) return;
    const weight = d3.rollup(known, (group) => d3.sum(group, (row) => +row.sources), (row) => row.holder_code);
    const holders = [...weight].sort((a, b) => b[1] - a[1]).slice(0, 24).map(([code]) => code);
    const data = known.filter((row) => holders.includes(row.holder_code)).map((row) => ({ ...row, from: dateOf(row.day), to: dateOf(row.last) }));
    const step = 26, narrow = box.clientWidth < 560;
    const margin = { start: narrow ? 96 : 170, end: 16, top: 6, bottom: 26 }, height = margin.top + holders.length * step + margin.bottom;
    key(box, STANCES.filter((name) => known.some((row) => row.stance === name)).map((name) => [`st-${name}`, words[name]]));
    const { svg, width } = surface(box, height);
    const end = d3.max(data, (d) => d.to), begin = d3.min(data, (d) => d.from);
    const pad = Math.max(15 * 864e5, (end - begin) * 0.02);
    const x = across([new Date(+begin - pad), new Date(+end + pad)], width, margin);
    const y = d3.scaleBand(holders, [margin.top, height - margin.bottom]).paddingInner(0.35).paddingOuter(0.2);
    const name = (code) => words.names[code] || known.find((row) => row.holder_code === code).holder;
    const short = (label) => (label.length > (narrow ? 14 : 24) ? `${label.slice(0, narrow ? 13 : 23)}…` : label);
    const lane = svg.append("g").selectAll("g").data(holders).join("g");
    lane.append("line").attr("class", "lane").attr("x1", margin.end).attr("x2", width - margin.end).attr("y1", (d) => y(d) + y.bandwidth() / 2).attr("y2", (d) => y(d) + y.bandwidth() / 2);
    const label = lane.append("text").attr("class", "label").attr("x", rtl() ? width - 4 : 4).attr("y", (d) => y(d) + y.bandwidth() / 2).attr("dy", "0.34em").attr("text-anchor", "start").text((d) => short(name(d)));
    label.append("title").text(name);
    const at = (d) => Math.min(x(d.from), x(d.until));
    const ordered = d3.group(data.sort((a, b) => a.from - b.from), (d) => d.holder_code);
    for (const group of ordered.values()) group.forEach((d, n) => { d.until = n + 1 < group.length ? group[n + 1].from : new Date(+end + pad / 2); });
    const part = svg.append("g").selectAll("a").data(data).join("a").attr("tabindex", -1)
      .attr("href", (d) => `/${lang}/articles/${d.first_article.split("/").map(encodeURIComponent).join("/")}?at=${d.first_start}-${d.first_end}#at`);
    part.append("rect").attr("class", (d) => `sw-st-${d.stance} soft`).attr("x", at).attr("width", (d) => Math.max(3, Math.abs(x(d.until) - x(d.from)))).attr("y", (d) => y(d.holder_code)).attr("height", y.bandwidth()).attr("rx", 2);
    part.append("rect").attr("class", (d) => `sw-st-${d.stance}`).attr("x", (d) => Math.min(x(d.from), x(d.to))).attr("width", (d) => Math.max(4, Math.abs(x(d.to) - x(d.from)))).attr("y", (d) => y(d.holder_code)).attr("height", y.bandwidth()).attr("rx", 2);
    part.append("title").text((d) => `${name(d.holder_code)}: ${words[d.stance]}, ${d.day} – ${d.last}\n${d.text.slice(0, 160)}`);
    dateAxis(svg, x, height - margin.bottom, lang, width - margin.start);
  };

  const network = (box, rows, words, lang) => {
    if (!rows.length) return;
    const height = 340;
    key(box, [["cooperation", words.cooperation], ["conflict", words.conflict]]);
    const { svg, width } = surface(box, height);
    const most = d3.max(rows, (row) => +row.events);
    const centre = { id: words.key, label: words.self, fx: width / 2, fy: height / 2, r: 13, centre: true };
    const nodes = [centre, ...rows.map((row) => ({ id: row.code, label: lang === "ar" ? row.name : row.name_en, r: 4 + 9 * Math.sqrt(row.events / most), events: +row.events, share: row.cooperation / row.events }))];
    const links = nodes.slice(1).map((node) => ({ source: centre, target: node }));
    const strength = (node) => 70 + 80 * (1 - Math.sqrt(node.events / most));
    const simulation = d3.forceSimulation(nodes).randomSource(d3.randomLcg(0.42)).force("link", d3.forceLink(links).distance((d) => strength(d.target))).force("charge", d3.forceManyBody().strength(-160)).force("apart", d3.forceCollide((d) => d.r + 18)).force("x", d3.forceX(width / 2).strength(0.03)).force("y", d3.forceY(height / 2).strength(0.12)).stop();
    simulation.tick(260);
    for (const node of nodes) { node.x = Math.max(46, Math.min(width - 46, node.x)); node.y = Math.max(20, Math.min(height - 24, node.y)); }
    const mix = (share) => d3.interpolateLab(colour("conflict"), colour("cooperation"))(share);
    svg.append("g").selectAll("line").data(links).join("line").attr("stroke", (d) => mix(d.target.share)).attr("stroke-width", (d) => 1 + 5 * Math.sqrt(d.target.events / most)).attr("stroke-opacity", 0.75).attr("x1", (d) => d.source.x).attr("y1", (d) => d.source.y).attr("x2", (d) => d.target.x).attr("y2", (d) => d.target.y);
    const node = svg.append("g").selectAll("a").data(nodes).join("a").attr("tabindex", -1).attr("href", (d) => (d.centre ? null : `${words.pair}/${encodeURIComponent(words.key)}/${encodeURIComponent(d.id)}`));
    node.append("circle").attr("class", (d) => (d.centre ? "hub" : "node")).attr("cx", (d) => d.x).attr("cy", (d) => d.y).attr("r", (d) => d.r);
    node.append("text").attr("class", "nodename").attr("x", (d) => d.x).attr("y", (d) => d.y + d.r + 12).attr("text-anchor", "middle").text((d) => (d.label.length > 18 ? `${d.label.slice(0, 17)}…` : d.label));
    node.append("title").text((d) => (d.centre ? d.label : `${d.label}: ${d.events}`));
  };

  const kinds = { activity, pair, stances, network };
  const draw = async (figure) => {
    const box = figure.querySelector(".plot");
    if (!figure.csv) {
      const answer = await fetch(figure.dataset.src, { headers: { Accept: "text/csv" } });
      if (!answer.ok) return;
      figure.csv = parse(await answer.text());
    }
    box.replaceChildren();
    kinds[figure.dataset.chart](box, figure.csv, JSON.parse(figure.dataset.words), figure.dataset.lang);
    figure.dataset.drawn = "yes";
  };
  const all = () => document.querySelectorAll("figure[data-chart]").forEach((figure) => { draw(figure); });
  all();
  document.addEventListener("mahdar:theme", all);
  document.addEventListener("htmx:after:swap", () => document.querySelectorAll("figure[data-chart]:not([data-drawn])").forEach(draw));
  let width = innerWidth;
  addEventListener("resize", () => { if (innerWidth !== width) { width = innerWidth; all(); } });
})();
