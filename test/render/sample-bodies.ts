/** Bodies as the sanitiser leaves them: with all that a body may hold, in another script, and cut short. */
export const SAMPLE_BODIES = {
  long: `<p>They came off the ferry one delegation at a time, a little after five in the morning, and nobody waved. The agreement that fourteen delegates had signed below deck runs to eleven pages. It ends the fighting in the estuary from noon today and leaves almost everything else to a <a href="https://www.harbournews.example/commission">joint commission</a> that does not exist yet.</p>
<p>For nine days the <em>Halcyon</em> had lain at her berth with steam up, so that either side could ask for her to be taken out of reach of the other’s shore. It was never asked. “We quarrelled about the coffee,” said one of those on board, “and about the map. The coffee took longer.”</p>
<h2>What was agreed</h2>
<p>The shipping lanes are opened to everyone, under pilots who belong to neither country. Prisoners go home before the end of the month. The islands stay as they are until the spring of next year, when a conference at Saltmere is to decide about them.</p>
<ul><li>Guns are taken back behind the second line of buoys.</li><li>Fishing boats may pass by day, if they show a white board.</li><li>Both sides publish their charts of the minefields, at last.</li></ul>
<blockquote><p>It is not peace. It is a table with both of us at it.</p><p><cite>Mira Oduya, who led the talks</cite></p></blockquote>
<figure><img src="__IMAGES__images/harbour-map.png" alt="The estuary from above, its three lanes marked" width="960" height="640" loading="lazy"><figcaption>The lanes that open at noon. Drawing: Harbour News</figcaption></figure>
<h2>What it costs</h2>
<p>The commission is to be paid for by dues on every ship that passes, counted by her tonnage:</p>
<table><thead><tr><th>Ship</th><th>Tonnage</th><th>Dues today</th><th>Dues from December</th><th>Of these to the commission</th></tr></thead><tbody><tr><td>Coaster</td><td>up to 3,000</td><td>none</td><td>120</td><td>40</td></tr><tr><td>Freighter</td><td>3,000 to 20,000</td><td>900</td><td>1,150</td><td>250</td></tr><tr><td>Tanker</td><td>over 20,000</td><td>2,400</td><td>3,300</td><td>900</td></tr></tbody></table>
<p>The whole text lies open at https://www.harbournews.example/documents/estuary-agreement-2026-11-24-final-signed-version-with-annexes.pdf and every page of it bears fourteen signatures, the last of them in green.</p>
<pre><code>55.8712 N  8.1204 E   buoy 1, lit, every four seconds
55.8790 N  8.1377 E   buoy 2, unlit until it is repaired, keep well to the north of it</code></pre>
<p>At noon the guns were still. At ten past, a fishing boat went out with a bedsheet for a board.</p>`,
  arabic: `<p>وقعت أربع دول يوم الأحد معاهدة لتقاسم مياه نهر أورل، بعد خلاف استمر أكثر من ثلاثين عاما. وتحدد المعاهدة حصة كل دولة في سنوات الجفاف، وهي المسألة التي أفشلت ثلاث جولات سابقة من المفاوضات.</p>
<h2>محكمة صغيرة</h2>
<p>تنشئ المعاهدة محكمة من خمسة قضاة مقرها Port Meridian، وتصدر أحكامها خلال ستين يوما. وقال أحد المفاوضين: «الماء لا ينتظر المحامين».</p>
<blockquote><p>النهر واحد، وكذلك العطش.</p></blockquote>
<p>وتدخل المعاهدة حيز التنفيذ في الأول من مارس ٢٠٢٧.</p>`,
  excerpt: `<p>It was on page 214 of a bill about harbour dues, between a paragraph on the upkeep of buoys and another on the pensions of pilots. Nine lines, and not one of them has the word glass in it. Three members say that they read so far. Two of them voted for it, and the third had gone to find a sandwich…</p>`,
  summary: `<p>Vierzehn Büros haben Entwürfe eingereicht. Gewonnen hat einer, der fast alles lässt, wie es ist.</p>`,
} as const;
