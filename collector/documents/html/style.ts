/** How a document looks on a screen and on A4. No colour alone tells a state, and nothing is loaded from anywhere. */
export const documentStyle = `
@page { size: A4; margin: 18mm 18mm 20mm 21mm;
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt Helvetica, Arial, sans-serif; color: #5b626b; } }
* { box-sizing: border-box; }
html { background: #eceef0; }
body { font: 10.5pt/1.4 Helvetica, Arial, sans-serif; color: #1f2429; background: #fff; width: 210mm; max-width: 100%;
  margin: 0 auto; padding: 18mm 18mm 20mm 21mm; overflow-wrap: anywhere; }
h1 { font-size: 14pt; text-align: center; margin: 0 0 3mm; }
h2 { font-size: 12pt; margin: 7mm 0 2mm; }
h3 { font-size: 11pt; margin: 4mm 0 2mm; }
h1, h2, h3, caption, figcaption, p:has(+ .signatures) { break-after: avoid; }
p { margin: 0 0 2.5mm; orphans: 2; widows: 2; white-space: pre-line; }
ol, ul { margin: 0 0 3mm; padding-left: 7mm; }
.left { text-align: left; } .right { text-align: right; } .centre { text-align: center; } .justify { text-align: justify; }
.bold { font-weight: bold; } .small { font-size: 8.5pt; color: #5b626b; }
.letterhead { text-align: center; border-bottom: 3px double #1f2429; padding-bottom: 2mm; margin-bottom: 6mm; }
.letterhead .pemda { font-weight: bold; font-size: 13pt; text-transform: uppercase; }
.letterhead .office { font-weight: bold; font-size: 15pt; text-transform: uppercase; line-height: 1.2; }
.letterhead .line { font-size: 8.5pt; }
.draft { text-align: center; font-size: 8.5pt; color: #5b626b; border: 1px dashed #8a9199; padding: 1mm 3mm; margin: 0 0 5mm; }
dl { display: grid; grid-template-columns: 42mm 1fr; gap: 1mm 2mm; margin: 0 0 3mm; }
dt { position: relative; padding-right: 3mm; } dt::after { content: ":"; position: absolute; right: 0; top: 0; } dd { margin: 0; white-space: pre-line; }
table { width: calc(100% - 1px); border-collapse: collapse; font-size: 9pt; line-height: 1.3; margin: 0 0 3mm; table-layout: fixed; }
caption { text-align: left; font-weight: bold; padding: 2mm 0 1mm; break-inside: avoid; } caption .small { font-weight: normal; }
thead { display: table-header-group; break-after: avoid; } tr { break-inside: avoid; } tbody tr:first-child { break-before: avoid; }
th, td { border: 1px solid #9aa1a9; padding: 0.8mm 1.4mm; vertical-align: top; text-align: left; white-space: pre-line; }
th { background: #e7eaee; }
th.right, td.right { text-align: right; } th.centre, td.centre { text-align: center; }
td.good { background: #e3f4e8; } td.bad { background: #f6d8d8; } td.unknown { background: #eceef0; }
td.warning { background: #fbe8c4; }
figure { margin: 0 0 4mm; break-inside: avoid; } figcaption { font-size: 9pt; font-weight: bold; margin: 2mm 0 1mm; }
figure svg { display: block; width: 100%; height: auto; }
.signatures { display: grid; grid-template-columns: 1fr 1fr; gap: 6mm 10mm; margin: 8mm 0 4mm; break-inside: avoid; }
.signature { text-align: center; } .signature:only-child { grid-column: 2; }
.signature:last-child:nth-child(odd):not(:only-child) { grid-column: 1 / -1; }
.signature > div { min-height: 1.4em; } .signature .room { height: 18mm; } .signature .name { font-weight: bold; }
.page-break { break-before: page; border: 0; margin: 0; height: 0; }
.footer { margin-top: 8mm; border-top: 1px solid #c9ced4; padding-top: 1.5mm; font-size: 8pt; color: #5b626b; }
@media print { html { background: none; } body { width: auto; padding: 0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .mark { position: fixed; top: 40%; left: 0; right: 0; text-align: center; font: bold 120pt Helvetica, Arial, sans-serif;
    color: #8a9199; opacity: 0.12; transform: rotate(-55deg); z-index: -1; } }
@media screen { .mark { display: none; } }
`;
