"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const canvas = $("map"), ctx = canvas.getContext("2d"), stage = $("stage");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const view = { x: 0.5, y: 0.5, z: 2 };
  const MAX_Z = 17, MIN_Z = 1;
  let width = 0, height = 0, ratio = 1, colors = {}, hits = [], selected = null, hovered = null, playing = 0, asked = false;
  const hiddenTypes = new Set(), hiddenSides = new Set();
  const familyOf = {}, typeLabel = {};
  data.families.forEach((f) => f.types.forEach((t) => { familyOf[t.id] = f; typeLabel[t.id] = t.label; }));

  // ---- text into the page: only ever as text, never as markup --------------------------------------------------
  function el(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "class") node.className = value;
      else if (name === "on") node.addEventListener("click", value);
      else if (name === "color") node.style.background = value;
      else node.setAttribute(name, value);
    }
    for (const child of children) if (child !== null && child !== undefined && child !== "") node.append(child);
    return node;
  }
  function isWeb(address) {
    try { return ["http:", "https:"].includes(new URL(address).protocol); } catch (e) { return false; }
  }

  // ---- days ---------------------------------------------------------------------------------------------------
  const DAY = 86400000, first = data.first === null ? 0 : Date.parse(data.first) / DAY, last = first + data.days - 1;
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  function dayName(n) {
    const d = new Date(n * DAY);
    return d.getUTCDate() + " " + MONTHS[d.getUTCMonth()] + " " + d.getUTCFullYear();
  }
  const today = () => first + Number($("day").value);
  function inWindow(from, to) {
    const now = today(), back = Number($("window").value);
    return from <= now && (back < 0 || to >= now - back);
  }

  // ---- the world as a square of side 1 (web Mercator) -----------------------------------------------------------
  const X = (lon) => (lon + 180) / 360;
  const Y = (lat) => { const a = Math.max(-85, Math.min(85, lat)) * Math.PI / 180; return (1 - Math.asinh(Math.tan(a)) / Math.PI) / 2; };
  const lonOf = (x) => x * 360 - 180;
  const latOf = (y) => Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180 / Math.PI;
  const scale = () => 256 * Math.pow(2, view.z);
  const sx = (lon) => (X(lon) - view.x) * scale() + width / 2;
  const sy = (lat) => (Y(lat) - view.y) * scale() + height / 2;
  const kmPx = (km, lat) => km * scale() / (40075.017 * Math.max(0.05, Math.cos(lat * Math.PI / 180)));

  function fit() {
    const points = data.events.concat(data.control).filter((r) => r.lat !== null && !(r.far));
    if (!points.length) { view.x = 0.5; view.y = 0.45; view.z = 2; return; }
    const xs = points.map((p) => X(p.lon)).sort((a, b) => a - b), ys = points.map((p) => Y(p.lat)).sort((a, b) => a - b);
    // The few farthest (a capital where talks are held) must not make everything else a speck.
    const cut = points.length > 12 ? Math.floor(points.length * 0.04) : 0;
    const x0 = xs[cut], x1 = xs[xs.length - 1 - cut], y0 = ys[cut], y1 = ys[ys.length - 1 - cut];
    const left = width > 700 ? 240 : 0;
    view.z = Math.min(11.5, Math.log2(Math.min((width - left - 90) / Math.max(x1 - x0, 1e-6), (height - 90) / Math.max(y1 - y0, 1e-6)) / 256));
    view.z = Math.max(MIN_Z, view.z);
    view.x = (x0 + x1) / 2 - left / 2 / scale();
    view.y = (y0 + y1) / 2;
  }

  // ---- drawing --------------------------------------------------------------------------------------------------
  function readColors() {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["paper", "land", "grid", "ink", "soft", "faint", "card", "line", "accent", "halo"]) colors[name] = style.getPropertyValue("--" + name).trim();
  }
  function resize() {
    ratio = window.devicePixelRatio || 1;
    width = stage.clientWidth; height = stage.clientHeight;
    canvas.width = Math.round(width * ratio); canvas.height = Math.round(height * ratio);
    draw();
  }
  function draw() { if (!asked) { asked = true; requestAnimationFrame(paint); } }

  function paint() {
    asked = false;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.fillStyle = colors.land; ctx.fillRect(0, 0, width, height);
    hits = [];
    const taken = [];
    graticule();
    const held = controlNow();
    for (const c of held) controlArea(c);
    for (const c of held) controlMark(c);
    const groups = grouped(eventsNow().filter((e) => e.lat !== null));
    for (const g of groups) radius(g);
    for (const c of held) taken.push([sx(c.place.lon) - 7, sy(c.place.lat) - 7, sx(c.place.lon) + 7, sy(c.place.lat) + 7]);
    for (const g of groups) { eventMark(g); taken.push(g.items.length > 1 ? [g.x - 8, g.y - 15, g.x + 17, g.y + 8] : [g.x - 8, g.y - 8, g.x + 8, g.y + 8]); }
    for (const c of held) label(c.place.name, sx(c.place.lon), sy(c.place.lat), 12, "600", colors.ink, taken, 9);
    for (const [name, lat, lon, size] of data.context) cityMark(name, lat, lon, size, taken);
    scaleBar();
  }

  function graticule() {
    const span = width / scale() * 360;
    const step = [30, 20, 10, 5, 2, 1, 0.5, 0.25, 0.1, 0.05, 0.02, 0.01].find((s) => span / s >= 3) || 0.01;
    ctx.strokeStyle = colors.grid; ctx.fillStyle = colors.faint; ctx.lineWidth = 1; ctx.font = "10.5px system-ui, sans-serif";
    ctx.textAlign = "left"; ctx.textBaseline = "alphabetic";
    const x0 = lonOf(view.x - width / 2 / scale()), x1 = lonOf(view.x + width / 2 / scale());
    const y0 = latOf(view.y + height / 2 / scale()), y1 = latOf(view.y - height / 2 / scale());
    const digits = step >= 1 ? 0 : step >= 0.1 ? 2 : 2;
    for (let n = Math.ceil(x0 / step); n * step <= x1; n++) {
      const x = Math.round(sx(n * step)) + 0.5;
      ctx.beginPath(); ctx.moveTo(x, 0); ctx.lineTo(x, height); ctx.stroke();
      ctx.fillText(Math.abs(n * step).toFixed(digits) + "°" + (n < 0 ? "W" : "E"), x + 3, height - 6);
    }
    for (let n = Math.ceil(y0 / step); n * step <= y1; n++) {
      const y = Math.round(sy(n * step)) + 0.5;
      ctx.beginPath(); ctx.moveTo(0, y); ctx.lineTo(width, y); ctx.stroke();
      ctx.textAlign = "right"; ctx.fillText(Math.abs(n * step).toFixed(digits) + "°" + (n < 0 ? "S" : "N"), width - 6, y - 3); ctx.textAlign = "left";
    }
  }

  function scaleBar() {
    const lat = latOf(view.y), want = 120;
    const kms = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];
    const km = kms.filter((k) => kmPx(k, lat) <= want).pop() || 0.1, px = kmPx(km, lat);
    const x = width - 24 - px, y = height - 30;
    ctx.strokeStyle = colors.soft; ctx.lineWidth = 1.5;
    ctx.beginPath(); ctx.moveTo(x, y - 5); ctx.lineTo(x, y); ctx.lineTo(x + px, y); ctx.lineTo(x + px, y - 5); ctx.stroke();
    ctx.fillStyle = colors.soft; ctx.font = "11px system-ui, sans-serif"; ctx.textAlign = "center"; ctx.textBaseline = "alphabetic";
    ctx.fillText(km + " km", x + px / 2, y - 6);
  }

  function sideColor(n) { return n === null || n === undefined ? data.unknown : data.sides[n].color; }
  function visible(x, y, pad) { return x > -pad && y > -pad && x < width + pad && y < height + pad; }

  function runOn(place, day) {
    let found = null;
    for (const run of place.runs) { if (run.from <= day) found = run; else break; }
    return found;
  }
  function controlNow() {
    if (hiddenTypes.has("held")) return [];
    const now = today(), out = [];
    for (const place of data.control) {
      if (place.lat === null) continue;
      const run = runOn(place, now);
      if (run && !(run.sides.length ? run.sides.every((s) => hiddenSides.has(s)) : hiddenSides.has(-1)) && matches(place, run)) out.push({ place, run });
    }
    return out;
  }
  function hatch(one, two, size) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = size * ratio;
    const t = tile.getContext("2d"), s = size * ratio;
    t.fillStyle = one; t.fillRect(0, 0, s, s);
    t.strokeStyle = two; t.lineWidth = s * 0.36; t.lineCap = "square";
    for (const shift of [-s, 0, s]) { t.beginPath(); t.moveTo(shift - s * 0.2, s * 1.2); t.lineTo(shift + s * 1.2, -s * 0.2); t.stroke(); }
    const pattern = ctx.createPattern(tile, "repeat");
    pattern.setTransform(new DOMMatrix().scale(1 / ratio));
    return pattern;
  }
  const hatches = {};
  function fillOf(run) {
    const [a, b] = run.sides;
    if (run.status !== "contested") return sideColor(a);
    const key = a + "/" + b + "/" + ratio;
    hatches[key] = hatches[key] || hatch(sideColor(a), b === undefined ? colors.card : sideColor(b), 7);
    return hatches[key];
  }
  function controlArea(c) {
    const x = sx(c.place.lon), y = sy(c.place.lat), r = Math.max(13, Math.min(46, kmPx(2.2, c.place.lat)));
    if (!visible(x, y, r)) return;
    ctx.save(); ctx.globalAlpha = c.run.status === "contested" ? 0.34 : 0.26; ctx.fillStyle = fillOf(c.run);
    ctx.beginPath(); ctx.arc(x, y, r, 0, 7); ctx.fill();
    if (c.run.status === "contested") { ctx.globalAlpha = 0.8; ctx.setLineDash([4, 3]); ctx.strokeStyle = colors.soft; ctx.lineWidth = 1; ctx.stroke(); }
    ctx.restore();
    if (c.place.radius) {
      ctx.save(); ctx.setLineDash([5, 4]); ctx.strokeStyle = sideColor(c.run.sides[0]); ctx.globalAlpha = 0.8;
      ctx.beginPath(); ctx.arc(x, y, kmPx(c.place.radius, c.place.lat), 0, 7); ctx.stroke(); ctx.restore();
    }
  }
  function controlMark(c) {
    const x = sx(c.place.lon), y = sy(c.place.lat);
    if (!visible(x, y, 10)) return;
    const on = selected && selected.kind === "place" && selected.item === c.place;
    ctx.beginPath(); ctx.arc(x, y, 7, 0, 7); ctx.fillStyle = fillOf(c.run); ctx.fill();
    ctx.lineWidth = on ? 3 : 2; ctx.strokeStyle = on ? colors.accent : colors.card; ctx.stroke();
    hits.push({ x, y, r: 9, kind: "place", item: c.place, text: c.place.name + ": " + holderText(c.run) });
  }
  function holderText(run) { 
    if (run.status !== "contested") return run.holders || "holder not said";
    return "contested: " + (run.holders.includes(" or ") ? run.holders : (run.holders || "holder not said") + ", which is denied");
  }

  function eventsNow() {
    return data.events.filter((e) => !hiddenTypes.has(e.type) && inWindow(e.from, e.to) && matches(e, null));
  }
  function grouped(events) {
    const cells = new Map(), held = new Set(controlNow().map((c) => c.place.lat + "," + c.place.lon));
    const size = 24;
    for (const e of events) {
      let x = sx(e.lon), y = sy(e.lat);
      if (!visible(x, y, 60) && !e.radius) continue;
      // An event at a place whose holder is drawn stands beside that mark, not on it; a change of control is that mark.
      if (held.has(e.lat + "," + e.lon)) {
        if (familyOf[e.type].id === "control") continue;
        x += 13; y -= 13;
      }
      const key = Math.round(x / size) + "/" + Math.round(y / size);
      if (!cells.has(key)) cells.set(key, { x: 0, y: 0, items: [] });
      const g = cells.get(key);
      g.x += x; g.y += y; g.items.push(e);
    }
    return [...cells.values()].map((g) => ({ x: g.x / g.items.length, y: g.y / g.items.length, items: g.items }));
  }
  function radius(g) {
    const seen = new Set();
    for (const e of g.items) {
      const key = e.lat + "," + e.lon + "," + e.radius;
      if (!e.radius || seen.has(key)) continue;
      seen.add(key);
      const r = kmPx(e.radius, e.lat), on = isOn("event", e) || Boolean(hovered && (hovered.item === e || (hovered.item.items || []).includes(e)));
      if (r > 4000) continue;
      ctx.save(); ctx.setLineDash([5, 4]); ctx.strokeStyle = familyOf[e.type].color; ctx.fillStyle = familyOf[e.type].color; ctx.lineWidth = 1.2;
      ctx.beginPath(); ctx.arc(sx(e.lon), sy(e.lat), Math.max(r, 9), 0, 7); if (on) { ctx.globalAlpha = 0.09; ctx.fill(); } ctx.globalAlpha = on ? 0.9 : 0.28; ctx.stroke(); ctx.restore();
    }
  }
  function glyph(c, x, y, family, solid, size) {
    const s = size;
    c.beginPath();
    if (family.shape === "square") c.rect(x - s * 0.8, y - s * 0.8, s * 1.6, s * 1.6);
    else if (family.shape === "triangle") { c.moveTo(x, y - s); c.lineTo(x + s, y + s * 0.8); c.lineTo(x - s, y + s * 0.8); c.closePath(); }
    else if (family.shape === "diamond") { c.moveTo(x, y - s * 1.1); c.lineTo(x + s, y); c.lineTo(x, y + s * 1.1); c.lineTo(x - s, y); c.closePath(); }
    else if (family.shape === "arrow") { c.moveTo(x - s, y - s); c.lineTo(x + s, y); c.lineTo(x - s, y + s); c.lineTo(x - s * 0.4, y); c.closePath(); }
    else if (family.shape === "cross") {
      const a = s, b = s * 0.38;
      const pts = [[-b, -a], [b, -a], [b, -b], [a, -b], [a, b], [b, b], [b, a], [-b, a], [-b, b], [-a, b], [-a, -b], [-b, -b]];
      pts.forEach(([px, py], i) => { const q = 0.7071, qx = x + (px - py) * q, qy = y + (px + py) * q; if (i) c.lineTo(qx, qy); else c.moveTo(qx, qy); });
      c.closePath();
    } else { c.arc(x, y, s * 0.9, 0, 7); c.moveTo(x + s * 0.4, y); c.arc(x, y, s * 0.4, 0, 7, true); }
    c.lineJoin = "round"; c.lineWidth = 3; c.strokeStyle = colors.card; c.stroke();
    c.fillStyle = solid ? family.color : colors.card; c.fill("evenodd");
    c.lineWidth = solid ? 0.8 : 1.6; c.strokeStyle = family.color; c.stroke();
  }
  function eventMark(g) {
    const byFamily = {};
    for (const e of g.items) { const f = familyOf[e.type]; byFamily[f.id] = (byFamily[f.id] || 0) + 1; }
    const main = data.families.filter((f) => byFamily[f.id]).sort((a, b) => byFamily[b.id] - byFamily[a.id])[0];
    const solid = g.items.some((e) => familyOf[e.type] === main && e.certainty === "asserted");
    const on = selected && ((selected.kind === "event" && g.items.includes(selected.item)) || (selected.kind === "group" && selected.item.items.some((e) => g.items.includes(e))));
    if (on) { ctx.beginPath(); ctx.arc(g.x, g.y, 14, 0, 7); ctx.strokeStyle = colors.accent; ctx.lineWidth = 2.5; ctx.stroke(); }
    glyph(ctx, g.x, g.y, main, solid, 7);
    if (g.items.length > 1) {
      const text = g.items.length > 99 ? "99+" : String(g.items.length);
      ctx.font = "600 10px system-ui, sans-serif"; ctx.textAlign = "center"; ctx.textBaseline = "middle";
      const w = Math.max(14, ctx.measureText(text).width + 7);
      ctx.fillStyle = colors.ink; ctx.beginPath(); ctx.roundRect(g.x + 3, g.y - 15, w, 13, 6.5); ctx.fill();
      ctx.fillStyle = colors.card; ctx.fillText(text, g.x + 3 + w / 2, g.y - 8);
    }
    const one = g.items[0];
    const text = g.items.length === 1 ? typeLabel[one.type] + ", " + one.place + ", " + one.when : g.items.length + " events: " + [...new Set(g.items.map((e) => typeLabel[e.type]))].slice(0, 4).join(", ");
    hits.push({ x: g.x, y: g.y, r: 13, kind: g.items.length === 1 ? "event" : "group", item: g.items.length === 1 ? one : g, text });
  }
  function label(text, x, y, size, weight, color, taken, away) {
    if (!visible(x, y, 40)) return false;
    ctx.font = weight + " " + size + "px system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif";
    const w = ctx.measureText(text).width, h = size;
    const spots = [[x + away, y + h * 0.35, "left"], [x - away, y + h * 0.35, "right"], [x, y + away + h, "center"], [x, y - away - 2, "center"]];
    for (const [px, py, align] of spots) {
      const x0 = align === "left" ? px : align === "right" ? px - w : px - w / 2;
      const box = [x0 - 1, py - h, x0 + w + 1, py + 3];
      if (taken.some((t) => t[0] < box[2] && t[2] > box[0] && t[1] < box[3] && t[3] > box[1])) continue;
      taken.push(box);
      ctx.textAlign = "left"; ctx.textBaseline = "alphabetic"; ctx.lineWidth = 3.5; ctx.lineJoin = "round"; ctx.strokeStyle = colors.halo; ctx.strokeText(text, x0, py);
      ctx.fillStyle = color; ctx.fillText(text, x0, py);
      return true;
    }
    return false;
  }
  function cityMark(name, lat, lon, size, taken) {
    if (view.z < 6 && size < 1000000 / Math.pow(2, view.z - 3)) return;
    const x = sx(lon), y = sy(lat);
    if (!visible(x, y, 20)) return;
    const big = size >= 300000;
    if (label(name, x, y, big ? 13 : 11.5, big ? "600" : "400", colors.faint, taken, 6)) {
      ctx.fillStyle = colors.faint; ctx.fillRect(x - 2, y - 2, 4, 4);
    }
  }

  // ---- the panel beside the map ---------------------------------------------------------------------------------
  let words = [];
  function matches(item, run) {
    return !words.length || words.every((w) => item.search.includes(w) || (run && (run.holders || "").toLowerCase().includes(w)));
  }
  function small(family) {
    const c = el("canvas", { width: 32, height: 32, "aria-hidden": "true" }), t = c.getContext("2d");
    c.style.width = c.style.height = "16px"; t.scale(2, 2); glyph(t, 8, 8, family, true, 5.5);
    return c;
  }
  function eventButton(e) {
    const two = [e.who, e.toll].filter(Boolean).join(" · ");
    const sure = e.certainty === "asserted" ? "" : " (" + e.certainty + ")";
    return el("button", { type: "button", on: () => select("event", e, true), "aria-current": isOn("event", e) ? "true" : null },
      el("span", { class: "l1" }, small(familyOf[e.type]), el("span", {}, typeLabel[e.type] + sure + ", " + e.place), el("span", { class: "when" }, e.short)),
      two ? el("span", { class: "l2", dir: "auto" }, two) : null);
  }
  function placeButton(p, run) {
    return el("button", { type: "button", on: () => select("place", p, true), "aria-current": isOn("place", p) ? "true" : null },
      el("span", { class: "l1" }, dot(run), el("span", {}, p.name), el("span", { class: "when" }, holderText(run))));
  }
  function dot(run) {
    const s = el("span", { class: "swatch", "aria-hidden": "true" });
    const [a, b] = run.sides;
    s.style.background = run.status === "contested" ? "repeating-linear-gradient(45deg," + sideColor(a) + " 0 3px," + (b === undefined ? colors.card : sideColor(b)) + " 3px 6px)" : sideColor(a);
    if (run.status === "contested") s.style.boxShadow = "0 0 0 1px " + colors.soft;
    return s;
  }
  function isOn(kind, item) { return Boolean(selected && selected.kind === kind && selected.item === item); }
  const MOST = 400;
  function fillList(id, heading, nodes) {
    const box = $(id);
    box.replaceChildren(...nodes.slice(0, MOST).map((n) => el("li", {}, n())));
    if (nodes.length > MOST) box.append(el("li", { class: "note" }, nodes.length - MOST + " more: narrow the days or find a word."));
    $(heading).hidden = !nodes.length; box.hidden = !nodes.length;
  }
  function list() {
    const now = today();
    const events = eventsNow().sort((a, b) => b.to - a.to || b.origins - a.origins || (a.place < b.place ? -1 : 1));
    const held = [];
    for (const p of data.control) { const run = runOn(p, now); if (run && matches(p, run) && !hiddenTypes.has("held")) held.push([p, run]); }
    const placed = events.filter((e) => e.lat !== null), open = events.filter((e) => e.lat === null);
    fillList("list-control", "h-control", held.map(([p, run]) => () => placeButton(p, run)));
    fillList("list-events", "h-events", placed.map((e) => () => eventButton(e)));
    fillList("list-open", "h-open", open.map((e) => () => eventButton(e)));
    $("open-note").hidden = !open.length;
    $("count").textContent = events.length + (events.length === 1 ? " event, " : " events, ") + held.length + (held.length === 1 ? " place held, " : " places held, ") + dayName(now) + ".";
  }
  function fact(box, name, value) { if (value) box.append(el("dt", {}, name), el("dd", { dir: "auto" }, value)); }
  function quotes(box, ids) {
    for (const id of ids) {
      const c = data.claims[id];
      if (!c) continue;
      box.append(el("blockquote", { class: c.certainty, dir: "auto" }, c.quote));
      const from = el("p", { class: "from" }, c.certainty === "asserted" ? null : el("span", { class: "pill" }, c.certainty), c.source + (c.published ? ", " + c.published : "") + (c.title ? ": " : ""));
      if (c.title) from.append(c.url && isWeb(c.url) ? el("a", { href: c.url, target: "_blank", rel: "noopener noreferrer" }, c.title) : c.title);
      from.append(" · claim " + id);
      box.append(from);
    }
  }
  function detail() {
    const box = $("detail");
    box.hidden = !selected;
    box.replaceChildren();
    if (!selected) return;
    const close = el("button", { type: "button", class: "close", "aria-label": "Close", on: () => select(null, null, false) }, "×");
    box.append(close);
    const item = selected.item, facts = el("dl", { class: "facts" });
    if (selected.kind === "group") {
      box.append(el("h2", {}, item.items.length + " events here"));
      const many = el("div", { class: "many" });
      item.items.slice().sort((a, b) => b.to - a.to).forEach((e) => many.append(eventButton(e)));
      box.append(many);
    } else if (selected.kind === "event") {
      box.append(el("h2", {}, typeLabel[item.type] + ", " + item.place), el("span", { class: "pill" }, item.certainty));
      box.append(el("span", { class: "pill" }, item.origins + (item.origins === 1 ? " origin" : " origins") + " in " + item.documents + (item.documents === 1 ? " document" : " documents")));
      fact(facts, "When", item.when); fact(facts, "Who", item.who); fact(facts, "Toll", item.toll);
      fact(facts, "Where", item.where); fact(facts, "Event", item.id);
      box.append(facts);
      quotes(box, item.claims);
    } else {
      const run = runOn(item, today());
      box.append(el("h2", {}, item.name));
      if (run) {
        box.append(el("span", { class: "pill" }, run.status), el("span", { class: "pill" }, dayName(today())));
        const strip = el("div", { class: "strip", role: "img", "aria-label": "Holder day by day" });
        const step = Math.max(1, Math.ceil(data.days / 120));
        for (let n = first; n <= last; n += step) {
          const r = runOn(item, n), part = el("span", { class: n <= today() && today() < n + step ? "now" : null, title: dayName(n) + (r ? ": " + holderText(r) : "") });
          if (r) part.style.background = r.status === "contested" ? "repeating-linear-gradient(45deg," + sideColor(r.sides[0]) + " 0 3px," + (r.sides[1] === undefined ? colors.card : sideColor(r.sides[1])) + " 3px 6px)" : sideColor(r.sides[0]);
          strip.append(part);
        }
        box.append(strip);
        fact(facts, "Holder", run.holders || "not said"); fact(facts, "Since", run.since); fact(facts, "Rule", run.rule); fact(facts, "Where", item.where);
        box.append(facts);
        quotes(box, run.claims);
      } else box.append(el("p", { class: "note" }, "No claim of control up to this day."));
    }
  }
  function select(kind, item, move) {
    selected = kind ? { kind, item } : null;
    if (move && item && item.lat !== null && item.lat !== undefined) {
      const x = sx(item.lon), y = sy(item.lat);
      if (x < 250 || y < 40 || x > width - 40 || y > height - 40) { view.x = X(item.lon); view.y = Y(item.lat); }
    }
    detail(); list(); draw();
    if (kind) $("side").scrollTop = 0;
  }

  // ---- layers and days ------------------------------------------------------------------------------------------
  function check(text, checked, change, symbol, count, cls) {
    const box = el("input", { type: "checkbox" });
    box.checked = checked;
    box.addEventListener("change", () => { change(box.checked); refresh(); });
    return [el("label", { class: cls || "" }, box, symbol, el("span", {}, text), count === undefined ? null : el("b", {}, String(count))), box];
  }
  function layers() {
    const sides = $("layer-sides"), types = $("layer-types");
    if (data.control.length) {
      sides.append(el("h3", {}, "Who holds"));
      data.sides.forEach((s, n) => { sides.append(check(s.name, true, (on) => (on ? hiddenSides.delete(n) : hiddenSides.add(n)), el("span", { class: "swatch", color: s.color }), s.held)[0]); });
      if (data.control.some((c) => c.runs.some((r) => !r.sides.length))) sides.append(check("holder not named", true, (on) => (on ? hiddenSides.delete(-1) : hiddenSides.add(-1)), el("span", { class: "swatch", color: data.unknown }))[0]);
    } else sides.hidden = true;
    types.append(el("h3", {}, "Events"));
    const counts = {};
    data.events.forEach((e) => { counts[e.type] = (counts[e.type] || 0) + 1; });
    for (const f of data.families) {
      const present = f.types.filter((t) => counts[t.id]);
      if (!present.length) continue;
      const boxes = [];
      const sum = present.reduce((n, t) => n + counts[t.id], 0);
      types.append(check(f.label, true, (on) => { present.forEach((t) => (on ? hiddenTypes.delete(t.id) : hiddenTypes.add(t.id))); boxes.forEach((b) => { b.checked = on; }); }, small(f), sum, "family")[0]);
      for (const t of present) {
        const [node, box] = check(t.label, true, (on) => (on ? hiddenTypes.delete(t.id) : hiddenTypes.add(t.id)), null, counts[t.id], "type");
        boxes.push(box); types.append(node);
      }
    }
    if (window.innerWidth < 820) $("layers").open = false;
  }
  function bars() {
    const box = $("bars");
    if (data.days > 400 || data.days < 1) return;
    const counts = new Array(data.days).fill(0);
    data.events.forEach((e) => { if (e.to >= first && e.to <= last && e.to - e.from < 8) counts[e.to - first]++; });
    const most = Math.max(1, ...counts), thick = Math.max(1, Math.min(14, 600 / data.days));
    counts.forEach((n) => { const bar = el("i", {}); bar.style.height = (n ? 2 + 18 * n / most : 0) + "px"; bar.style.width = thick + "px"; box.append(bar); });
  }
  function refresh() {
    const now = today();
    $("day-name").textContent = data.days ? dayName(now) : "no days";
    $("day").setAttribute("aria-valuetext", $("day-name").textContent);
    [...$("bars").children].forEach((bar, n) => bar.classList.toggle("on", inWindow(first + n, first + n)));
    detail(); list(); draw();
  }
  function play(on) {
    clearInterval(playing); playing = 0;
    if (on) {
      const slider = $("day");
      if (Number(slider.value) >= Number(slider.max)) slider.value = 0;
      playing = setInterval(() => {
        if (Number(slider.value) >= Number(slider.max)) { play(false); return; }
        slider.value = Number(slider.value) + 1; refresh();
      }, still.matches ? 1600 : 850);
      refresh();
    }
    $("play-sign").textContent = playing ? "❚❚" : "▶";
    $("play").setAttribute("aria-label", playing ? "Pause" : "Play day by day");
  }

  // ---- moving about ---------------------------------------------------------------------------------------------
  function zoom(by, px, py) {
    const x = px === undefined ? width / 2 : px, y = py === undefined ? height / 2 : py;
    const wx = view.x + (x - width / 2) / scale(), wy = view.y + (y - height / 2) / scale();
    view.z = Math.max(MIN_Z, Math.min(MAX_Z, view.z + by));
    view.x = wx - (x - width / 2) / scale(); view.y = wy - (y - height / 2) / scale();
    view.y = Math.max(0, Math.min(1, view.y));
    draw();
  }
  function hitAt(x, y) {
    for (let n = hits.length - 1; n >= 0; n--) { const h = hits[n]; if ((h.x - x) ** 2 + (h.y - y) ** 2 <= (h.r + 3) ** 2) return h; }
    return null;
  }
  const fingers = new Map();
  let moved = 0, pinch = 0;
  const at = (event) => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); fingers.set(event.pointerId, at(event)); moved = 0; pinch = 0; $("tip").hidden = true; });
  canvas.addEventListener("pointermove", (event) => {
    const [x, y] = at(event);
    if (fingers.has(event.pointerId)) {
      const before = fingers.get(event.pointerId);
      fingers.set(event.pointerId, [x, y]);
      if (fingers.size === 1) {
        moved += Math.abs(x - before[0]) + Math.abs(y - before[1]);
        if (moved > 4) { canvas.classList.add("drag"); view.x -= (x - before[0]) / scale(); view.y -= (y - before[1]) / scale(); draw(); }
      } else if (fingers.size === 2) {
        const [a, b] = [...fingers.values()], apart = Math.hypot(a[0] - b[0], a[1] - b[1]);
        if (pinch) zoom(Math.log2(apart / pinch), (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
        pinch = apart; moved = 99;
      }
      return;
    }
    const hit = hitAt(x, y), tip = $("tip");
    canvas.classList.toggle("over", Boolean(hit));
    if ((hit && hit.item) !== (hovered && hovered.item)) { hovered = hit; draw(); tip.textContent = hit ? hit.text : ""; tip.hidden = !hit; }
    if (hit) { tip.style.left = Math.min(x + 14, width - 270) + "px"; tip.style.top = y + 16 + "px"; }
  });
  function lift(event) {
    if (!fingers.delete(event.pointerId)) return;
    canvas.classList.remove("drag");
    if (event.type === "pointerup" && moved <= 4) {
      const hit = hitAt(...at(event));
      select(hit ? hit.kind : null, hit ? hit.item : null, false);
    }
  }
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("pointerleave", () => { $("tip").hidden = true; hovered = null; });
  canvas.addEventListener("wheel", (event) => { event.preventDefault(); zoom(-event.deltaY * (event.deltaMode ? 0.05 : 0.0022), ...at(event)); }, { passive: false });
  canvas.addEventListener("dblclick", (event) => zoom(1, ...at(event)));
  canvas.addEventListener("keydown", (event) => {
    const step = 60 / scale(), keys = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (keys[event.key]) { view.x += keys[event.key][0]; view.y += keys[event.key][1]; draw(); event.preventDefault(); }
    else if (event.key === "+" || event.key === "=") zoom(0.5);
    else if (event.key === "-") zoom(-0.5);
    else if (event.key === "0") { fit(); draw(); }
    else if (event.key === "Escape") select(null, null, false);
  });
  $("zoom-in").addEventListener("click", () => zoom(0.7));
  $("zoom-out").addEventListener("click", () => zoom(-0.7));
  $("zoom-all").addEventListener("click", () => { fit(); draw(); });
  $("day").addEventListener("input", () => { play(false); refresh(); });
  $("window").addEventListener("change", refresh);
  $("play").addEventListener("click", () => play(!playing));
  $("find").addEventListener("input", () => { words = $("find").value.toLowerCase().split(/\s+/).filter(Boolean); refresh(); });
  window.addEventListener("resize", resize);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColors(); for (const key of Object.keys(hatches)) delete hatches[key]; refresh(); });

  readColors();
  $("day").max = Math.max(0, data.days - 1);
  $("day").value = $("day").max;
  width = stage.clientWidth; height = stage.clientHeight;
  layers(); bars(); fit(); resize(); refresh();
  // A link can point at an event or place: map.html#event=ID
  const wanted = new URLSearchParams(location.hash.slice(1));
  const asEvent = data.events.find((e) => e.id === wanted.get("event")), asPlace = data.control.find((p) => p.id === wanted.get("place"));
  if (asEvent) select("event", asEvent, true);
  else if (asPlace) select("place", asPlace, true);
})();
