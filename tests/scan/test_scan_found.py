"""Every hiding place that the scan knows: planted by hand, found under its name, and nothing else said of that file."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from planting import (
    SECRET,
    app,
    chunk,
    core,
    exif,
    field,
    jpeg,
    link,
    packed,
    page,
    paragraph,
    part,
    pdf,
    png,
    run,
    segment,
    settings,
    stream,
    word,
)  # fmt: skip

from shadowgen.scan.findings import kinds
from shadowgen.scan.judging import judge

Planted = dict[str, tuple[str, bytes]]

TEXT_BOX = '<mc:AlternateContent><mc:Choice Requires="wps"><w:p><w:r><w:t>seen</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>{}</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>'
STYLES = part(
    "styles",
    '<w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="character" w:styleId="Heir"><w:basedOn w:val="Base"/></w:style>',
)
NOTES = part("footnotes", f'<w:footnote w:id="5">{paragraph(run())}</w:footnote>')
COMMENTS = part("comments", f'<w:comment w:id="0" w:author="{SECRET}">{paragraph(run("Is this safe?"))}</w:comment>')
DRAWING = "<w:r><w:drawing>{}</w:drawing></w:r>"

WORD: Planted = {
    "vanish": ("hidden-text", word(paragraph(run(properties="<w:vanish/>")))),
    "vanish by a style that another is based on": ("hidden-text", word(paragraph(run(properties='<w:rStyle w:val="Heir"/>')), parts={"word/styles.xml": STYLES})),
    "letters without a fill": ("hidden-text", word(paragraph(run(properties="<w14:textFill><w14:noFill/></w14:textFill>")))),
    "transparent letters": ("hidden-text", word(paragraph(run(properties='<w14:textFill><w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="100000"/></w14:srgbClr></w14:solidFill></w14:textFill>')))),
    "a hidden picture": ("hidden-text", word(paragraph(DRAWING.format('<wp:inline><wp:docPr id="1" name="Picture 1" hidden="1"/></wp:inline>')))),
    "a hidden old shape": ("hidden-text", word(paragraph(f'<w:r><w:pict><v:shape style="visibility: hidden"><v:textbox><w:txbxContent>{paragraph(run())}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>'))),
    "white": ("pale-text", word(paragraph(run(properties='<w:color w:val="FFFFFF"/>')))),
    "nearly white": ("pale-text", word(paragraph(run(properties='<w:color w:val="F4F4F4"/>')))),
    "white by the theme": ("pale-text", word(paragraph(run(properties='<w:color w:val="auto" w:themeColor="background1"/>')))),
    "black on a black cell": ("pale-text", word(f'<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val="clear" w:fill="000000"/></w:tcPr>{paragraph(run(properties=chr(60) + "w:color w:val=" + chr(34) + "000000" + chr(34) + "/>"))}</w:tc></w:tr></w:tbl>')),
    "half a point": ("tiny-text", word(paragraph(run(properties='<w:sz w:val="1"/>')))),
    "squeezed to one per cent": ("tiny-text", word(paragraph(run(properties='<w:w w:val="1"/>')))),
    "lines of a twentieth of a point": ("tiny-text", word(paragraph(run(), '<w:spacing w:line="1" w:lineRule="exact"/>'))),
    "a row without height": ("tiny-text", word(f'<w:tbl><w:tr><w:trPr><w:trHeight w:val="1" w:hRule="exact"/></w:trPr><w:tc>{paragraph(run())}</w:tc></w:tr></w:tbl>')),
    "indented off the page": ("outside-page", word(paragraph(run(), '<w:ind w:left="-20000"/>'))),
    "framed off the page": ("outside-page", word(paragraph(run(), '<w:framePr w:x="31000" w:y="1"/>'))),
    "a drawing off the page": ("outside-page", word(paragraph(DRAWING.format('<wp:anchor><wp:positionH><wp:posOffset>-40000000</wp:posOffset></wp:positionH></wp:anchor>')))),
    "an old shape off the page": ("outside-page", word(paragraph(f'<w:r><w:pict><v:shape style="position:absolute;margin-left:-9999pt"><v:textbox><w:txbxContent>{paragraph(run())}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>'))),
    "a note that nothing calls": ("hidden-note", word(parts={"word/footnotes.xml": NOTES})),
    "a part that nothing names": ("unused-part", word(rels='<!-- "old.xml" -->', parts={"word/old.xml": part("hdr", paragraph(run()))})),
    "other words for old programs": ("alternative-content", word(paragraph(f"<w:r>{TEXT_BOX.format(SECRET)}</w:r>"))),
    "a comment": ("comment", word(parts={"word/comments.xml": COMMENTS})),
    "a deletion": ("deletion", word(paragraph(f'<w:del w:id="1" w:author="A"><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>'))),
    "moved words": ("deletion", word(paragraph(f'<w:moveFrom w:id="1" w:author="A">{run()}</w:moveFrom>'))),
    "an insertion": ("insertion", word(paragraph(f'<w:ins w:id="1" w:author="{SECRET}">{run("words")}</w:ins>'))),
    "a tracked format": ("tracked-format", word(paragraph(run("words", f'<w:rPrChange w:id="1" w:author="{SECRET}"><w:rPr/></w:rPrChange>')))),
    "a linked picture": ("linked-file", word(rels=link("image", "https://example.org/beacon.png"))),
    "an object elsewhere": ("linked-file", word(rels=link("oleObject", "https://example.org/a.xlsx"))),
    "a link without a host": ("file-path", word(rels=link("hyperlink", "../drafts/names.docx"))),
    "a link to the disk": ("file-path", word(rels=link("hyperlink", "file:///C:/Users/aigul/names.docx"))),
    "a template elsewhere": ("attached-template", word(rels=link("attachedTemplate", "https://example.org/t.dotm"))),
    "a field for an index": ("hidden-field", word(field(f' XE "{SECRET}" '))),
    "a reference manager's field": ("hidden-field", word(field(f' ADDIN ZOTERO_ITEM CSL_CITATION {{"{SECRET}"}} '))),
    "a field that fetches": ("fetching-field", word(field(' INCLUDEPICTURE "https://example.org/beacon.png" \\d '))),
    "a field that starts a program": ("fetching-field", word(field(" DDEAUTO cmd calc "))),
    "a simple field that includes": ("fetching-field", word(paragraph('<w:fldSimple w:instr=" INCLUDETEXT notes.docx "/>'))),
    "a field with the author": ("personal-field", word(field(" LASTSAVEDBY "))),
    "an author": ("author", word(parts=core(f"<dc:creator>{SECRET}</dc:creator>"))),
    "who saved it": ("last-modified-by", word(parts=core(f"<cp:lastModifiedBy>{SECRET}</cp:lastModifiedBy>"))),
    "a date": ("date", word(parts=core("<dcterms:created>2016-05-01T01:02:03Z</dcterms:created>"))),
    "how often it was saved": ("statistics", word(parts=core("<cp:revision>87</cp:revision>"))),
    "keywords": ("property", word(parts=core(f"<cp:keywords>{SECRET}</cp:keywords>"))),
    "a company": ("company", word(parts=app(f"<Company>{SECRET}</Company>"))),
    "a manager": ("company", word(parts=app(f"<Manager>{SECRET}</Manager>"))),
    "a template's name": ("template", word(parts=app("<Template>Bureau.dotx</Template>"))),
    "a program": ("program", word(parts=app("<Application>Word</Application>"))),
    "minutes of work": ("statistics", word(parts=app("<TotalTime>512</TotalTime>"))),
    "a property of one's own": ("custom-property", word(parts={"docProps/custom.xml": f'<?xml version="1.0"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"><property name="case">{SECRET}</property></Properties>'})),
    "data beside the text": ("custom-xml", word(parts={"customXml/item1.xml": f'<?xml version="1.0"?><who>{SECRET}</who>'})),
    "a thumbnail": ("thumbnail", word(parts={"docProps/thumbnail.jpeg": jpeg()})),
    "a person": ("person", word(parts={"word/people.xml": f'<?xml version="1.0"?><w15:people xmlns:w15="urn:x"><w15:person w15:author="{SECRET}"/></w15:people>'})),
    "a variable": ("document-variable", word(parts=settings(f'<w:docVars><w:docVar w:name="source" w:val="{SECRET}"/></w:docVars>'))),
    "sessions": ("revision-ids", word(parts=settings('<w:rsids><w:rsid w:val="00A1B2C3"/></w:rsids>'))),
    "marks of sessions": ("revision-ids", word('<w:p w:rsidR="00A1B2C3" w14:paraId="1A2B3C4D"/>')),
    "a number of the document": ("identifier", word(parts=settings('<w15:docId w15:val="{0A1B}"/>'))),
    "a mail merge": ("mail-merge", word(parts=settings("<w:mailMerge/>"))),
    "a bookmark": ("bookmark-name", word(paragraph('<w:bookmarkStart w:id="1" w:name="victim_sarsenova"/>'))),
    "a tag": ("control-name", word('<w:sdt><w:sdtPr><w:tag w:val="victim"/></w:sdtPr><w:sdtContent/></w:sdt>')),
    "an alias": ("control-name", word('<w:sdt><w:sdtPr><w:alias w:val="victim"/></w:sdtPr><w:sdtContent/></w:sdt>')),
    "choices": ("choice-list", word(f'<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="{SECRET}"/></w:dropDownList></w:sdtPr><w:sdtContent/></w:sdt>')),
    "a help text": ("form-field", word(paragraph(f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:helpText w:val="{SECRET}"/></w:ffData></w:fldChar></w:r>'))),
    "a tooltip": ("tooltip", word(paragraph(f'<w:hyperlink w:anchor="x" w:tooltip="{SECRET}">{run("words")}</w:hyperlink>'))),
    "a picture's file name": ("object-name", word(paragraph(DRAWING.format('<wp:inline><wp:docPr id="1" name="sarsenova.jpg"/></wp:inline>')))),
    "a cropped picture": ("cropped-picture", word(paragraph(DRAWING.format('<a:srcRect l="25000"/>')))),
    "a path in the alternative text": ("file-path", word(paragraph(DRAWING.format('<wp:inline><wp:docPr id="1" name="Picture 1" descr="C:\\Users\\aigul\\a.png"/></wp:inline>')))),
    "a path on a server": ("file-path", word(paragraph(run("See \\\\bureau-nas\\cases\\list.docx")))),
    "a path in the words": ("file-path", word(paragraph(run("/home/") + run("aigul/cases/list.docx")))),
    "a workbook inside": ("embedded-file", word(parts={"word/embeddings/a.xlsx": packed({"a": SECRET})})),
    "another document inside": ("embedded-file", word('<w:altChunk w:id="x"/>')),
    "an object": ("ole-object", word(paragraph('<w:r><w:object/></w:r>'))),
    "macros": ("program-code", word(parts={"word/vbaProject.bin": b"Attribute"})),
    "a drawing that cannot be read": ("unknown-part", word(parts={"word/media/image1.emf": b"\x01\0\0\0"})),
    "text blocks": ("glossary", word(parts={"word/glossary/document.xml": part("glossaryDocument", paragraph(run()))})),
    "a comment of the archive": ("description", word()[:-2] + len(SECRET).to_bytes(2, "little") + SECRET.encode()),
    "times of packing": ("file-dates", word(date=2016)),
    "bytes after the archive": ("trailing-bytes", word() + SECRET.encode()),
    "an author of a picture": ("author", word(parts={"word/media/image1.jpeg": jpeg(segment(0xE1, b"Exif\0\0" + exif((0x013B, SECRET.encode()))))})),
}  # fmt: skip

PICTURES: Planted = {
    "text": ("description", png(chunk(b"tEXt", b"Comment\0" + SECRET.encode()))),
    "packed text": ("description", png(chunk(b"zTXt", b"Comment\0\0" + __import__("zlib").compress(SECRET.encode())))),
    "international text": ("description", png(chunk(b"iTXt", b"Comment\0\0\0\0\0" + SECRET.encode()))),
    "XMP in a PNG": ("xmp", png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x/>"))),
    "a time": ("date", png(chunk(b"tIME", b"\x07\xe0\1\1\1\1\1"))),
    "a profile": ("picture-profile", png(chunk(b"iCCP", b"Aiguls screen\0\0x"))),
    "a chunk of its own": ("picture-data", png(chunk(b"prVt", SECRET.encode()))),
    "bytes after a PNG": ("trailing-bytes", png(after=SECRET.encode())),
    "more pixels than can be judged": ("huge-picture", png(size=(40_000, 40_000))),
    "an artist in a PNG": ("author", png(chunk(b"eXIf", exif((0x013B, SECRET.encode()))))),
    "a comment in a JPEG": ("description", jpeg(segment(0xFE, SECRET.encode()))),
    "a camera": ("camera", jpeg(segment(0xE1, b"Exif\0\0" + exif((0x010F, b"Camera works"))))),
    "an owner": ("author", jpeg(segment(0xE1, b"Exif\0\0" + exif((0xA430, SECRET.encode()))))),
    "a place": ("place-name", jpeg(segment(0xE1, b"Exif\0\0" + exif(gps=True)))),
    "a small picture in Exif": ("thumbnail", jpeg(segment(0xE1, b"Exif\0\0" + exif(thumbnail=True)))),
    "Exif with nothing known": ("picture-data", jpeg(segment(0xE1, b"Exif\0\0" + exif((0xFFFE, b"x"))))),
    "XMP in a JPEG": ("xmp", jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>"))),
    "captions of a news agency": ("picture-data", jpeg(segment(0xED, b"Photoshop 3.0\0" + SECRET.encode()))),
    "a profile in a JPEG": ("picture-profile", jpeg(segment(0xE2, b"ICC_PROFILE\0\1\1x"))),
    "bytes after a JPEG": ("trailing-bytes", jpeg(after=SECRET.encode())),
    "half a picture": ("unreadable", png()[:40]),
}  # fmt: skip

SHOW = b" BT /F1 12 Tf %s 70 600 Td (" + SECRET.encode() + b") Tj ET "
GROUP = stream(
    b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Matrix [1 0 0 1 0 2000] /Resources << /Font << /F1 4 0 R >> >>", SHOW % b""
)
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmlns:xmpMM='http://ns.adobe.com/xap/1.0/mm/' xmlns:pdf='http://ns.adobe.com/pdf/1.3/'>%s</rdf:Description></rdf:RDF></x:xmpmeta>"


def xmp(content: bytes) -> bytes:
    return pdf(catalogue=b"/Metadata 10 0 R", objects=(stream(b"/Type /Metadata /Subtype /XML", XMP % content),))


def annotation(content: bytes) -> bytes:
    return pdf(page=b"/Annots [<< /Type /Annot /Rect [0 0 9 9] " + content + b" >>]")


PDF: Planted = {
    "text without ink": ("hidden-text", pdf(SHOW % b"3 Tr")),
    "see-through text": ("hidden-text", pdf(b"/G0 gs" + SHOW % b"", resources=b"/ExtGState << /G0 << /ca 0 >> >>")),
    "white": ("pale-text", pdf(b"1 1 1 rg" + SHOW % b"")),
    "black on black": ("pale-text", pdf(b"0 0 0 rg 50 580 300 40 re f" + SHOW % b"")),
    "half a point": ("tiny-text", pdf((SHOW % b"").replace(b"12 Tf", b"0.5 Tf"))),
    "outside the page": ("outside-page", pdf((SHOW % b"").replace(b"70 600", b"-900 600"))),
    "outside the page in a group": ("outside-page", pdf(b"/X1 Do", resources=b"/XObject << /X1 10 0 R >>", objects=(GROUP,))),
    "under a box": ("covered-text", pdf(SHOW % b"" + b"0 0 0 rg 50 580 300 40 re f")),
    "under a picture": ("covered-text", pdf(SHOW % b"" + b"q 300 0 0 40 50 580 cm /I1 Do Q", resources=b"/XObject << /I1 10 0 R >>", objects=(stream(b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", b"\0"),))),
    "an author": ("author", pdf(info=b"/Author (%s)" % SECRET.encode())),
    "a program": ("program", pdf(info=b"/Creator (Word)")),
    "a date": ("date", pdf(info=b"/CreationDate (D:20160501)")),
    "keywords": ("property", pdf(info=b"/Keywords (%s)" % SECRET.encode())),
    "an author in XMP": ("author", xmp(b"<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>" % SECRET.encode())),
    "a history": ("xmp", xmp(b"<xmpMM:History>saved by %s</xmpMM:History>" % SECRET.encode())),
    "a date in XMP": ("date", xmp(b"<xmp:CreateDate>2016-05-01</xmp:CreateDate>")),
    "a program in XMP": ("program", xmp(b"<pdf:Producer>Word</pdf:Producer>")),
    "an attachment": ("embedded-file", pdf(catalogue=b"/Names << /EmbeddedFiles << /Names [(names.xlsx) 10 0 R] >> >>", objects=(b"<< /Type /Filespec /F (names.xlsx) /EF << /F 11 0 R >> >>", stream(b"/Type /EmbeddedFile", b"x")))),
    "a script": ("program-code", pdf(catalogue=b"/Names << /JavaScript << /Names [(a) 10 0 R] >> >>", objects=(b"<< /S /JavaScript /JS (1) >>",))),
    "a script at the start": ("program-code", pdf(catalogue=b"/OpenAction << /S /JavaScript /JS (1) >>")),
    "a program at the start": ("action", pdf(catalogue=b"/OpenAction << /S /Launch /F (a.exe) >>")),
    "an action of the page": ("action", pdf(page=b"/AA << /O << /S /SubmitForm /F (x) >> >>")),
    "a form": ("form-field", pdf(catalogue=b"/AcroForm << /Fields [<< /T (name) /V (%s) >>] >>" % SECRET.encode())),
    "a form of XML": ("form-field", pdf(catalogue=b"/AcroForm << /Fields [] /XFA (x) >>")),
    "a layer": ("hidden-layer", pdf(catalogue=b"/OCProperties << /OCGs [10 0 R] /D << /OFF [10 0 R] >> >>", objects=(b"<< /Type /OCG /Name (draft) >>",))),
    "a destination": ("destination-name", pdf(catalogue=b"/Names << /Dests << /Names [(victim-sarsenova) [3 0 R /Fit]] >> >>")),
    "a note": ("annotation", annotation(b"/Subtype /Text /T (%s) /Contents (ask her)" % SECRET.encode())),
    "a mark": ("annotation", annotation(b"/Subtype /Highlight /T (%s)" % SECRET.encode())),
    "a file on a page": ("embedded-file", annotation(b"/Subtype /FileAttachment /FS << /F (a.docx) >>")),
    "a link to the disk": ("file-path", annotation(b"/Subtype /Link /A << /S /URI /URI (file:///home/aigul/a.pdf) >>")),
    "a thumbnail": ("thumbnail", pdf(page=b"/Thumb 10 0 R", objects=(stream(b"/Width 1 /Height 1", b"\0"),))),
    "data of a program": ("property", pdf(page=b"/PieceInfo << /Illustrator << /Private (x) >> >>")),
    "an author of a picture": ("author", pdf(objects=(stream(b"/Type /XObject /Subtype /Image /Width 8 /Height 8 /Filter /DCTDecode", jpeg(segment(0xE1, b"Exif\0\0" + exif((0x013B, SECRET.encode()))))),))),
    "an earlier version": ("earlier-version", pdf(info=b"/Subject ()") + pdf()[9:]),
    "bytes after the end": ("trailing-bytes", pdf() + SECRET.encode()),
    "a path in a string": ("file-path", pdf(catalogue=b"/X (C:\\\\Users\\\\aigul\\\\a.docx)")),
    "nothing of a file": ("unreadable", b"%PDF-1.7\nnothing"),
}  # fmt: skip

PICTURE = base64.b64encode(jpeg(segment(0xFE, SECRET.encode()))).decode()


def svg(content: str) -> bytes:
    drawing = base64.b64encode(f'<svg xmlns="http://www.w3.org/2000/svg">{content}</svg>'.encode()).decode()
    return page(f'<img alt="" src="data:image/svg+xml;base64,{drawing}">')


HTML: Planted = {
    "display none": ("hidden-element", page(f'<p style="display: none">{SECRET}</p>')),
    "hidden": ("hidden-element", page(f"<p hidden>{SECRET}</p>")),
    "visibility": ("hidden-element", page(f'<p style="visibility:hidden">{SECRET}</p>')),
    "opacity": ("hidden-element", page(f'<p style="opacity: 0.0">{SECRET}</p>')),
    "hidden by a class": ("hidden-element", page(f'<div class="a b"><p>{SECRET}</p></div>', "<style>i, .b > p { display : none }</style>")),
    "hidden by an id on paper": ("hidden-element", page(f'<div id="a"><p>{SECRET}</p></div>', "<style>@media print { #a p { display: none } }</style>")),
    "a template": ("hidden-element", page(f"<template><p>{SECRET}</p></template>")),
    "a hidden value": ("hidden-element", page(f'<input type="hidden" value="{SECRET}">')),
    "closed details": ("hidden-element", page(f"<details>{SECRET}</details>")),
    "white": ("pale-text", page(f'<p style="color:#fff">{SECRET}</p>')),
    "an old white": ("pale-text", page(f'<font color="white">{SECRET}</font>')),
    "transparent": ("pale-text", page(f'<p style="color: rgba(0, 0, 0, 0)">{SECRET}</p>')),
    "no size": ("tiny-text", page(f'<p style="font-size: 0">{SECRET}</p>')),
    "a box of one pixel": ("tiny-text", page(f'<p style="width: 1px; overflow: hidden">{SECRET}</p>')),
    "far to the left": ("outside-page", page(f'<p style="position: absolute; left: -9999px">{SECRET}</p>')),
    "an indent": ("outside-page", page(f'<p style="text-indent:-9999px">{SECRET}</p>')),
    "a comment": ("markup-comment", page(f"<!-- {SECRET} -->")),
    "a data attribute": ("data-attribute", page(f'<p data-case="{SECRET}">words</p>')),
    "a title": ("tooltip", page(f'<p title="{SECRET}">words</p>')),
    "an author": ("author", page(head=f'<meta name="author" content="{SECRET}">')),
    "a generator": ("program", page(head='<meta name="generator" content="Word">')),
    "keywords": ("description", page(head=f'<meta name="keywords" content="{SECRET}">')),
    "a picture elsewhere": ("remote-request", page('<img src="https://example.org/beacon.png" alt="">')),
    "a sheet elsewhere": ("remote-request", page(head='<link rel="stylesheet" href="https://example.org/a.css">')),
    "a font elsewhere": ("remote-request", page(head="<style>@font-face { src: url('https://example.org/a.woff') }</style>")),
    "an import": ("remote-request", page(head="<style>@import 'https://example.org/a.css';</style>")),
    "a background elsewhere": ("remote-request", page('<p style="background: url(//example.org/a.png)">words</p>')),
    "a way elsewhere": ("remote-request", page(head='<meta http-equiv="refresh" content="1;url=https://example.org">')),
    "a ping": ("remote-request", page('<a href="https://example.org" ping="https://example.org/p">words</a>')),
    "a script": ("program-code", page("<script>let name = 1</script>")),
    "a script in an attribute": ("program-code", page('<p onclick="go()">words</p>')),
    "a link to the disk": ("file-path", page('<a href="file:///C:/Users/aigul/a.html">words</a>')),
    "a path": ("file-path", page("<p>D:\\cases\\names.docx</p>")),
    "a picture with a comment": ("description", page(f'<img alt="" src="data:image/jpeg;base64,{PICTURE}">')),
    "a picture that cannot be read": ("unknown-part", page('<img alt="" src="data:image/tiff;base64,SUkqAA==">')),
    "a drawing with an author": ("property", svg(f"<metadata>{SECRET}</metadata>")),
    "a drawing with a comment": ("markup-comment", svg(f"<!-- {SECRET} -->")),
    "a drawing that fetches": ("remote-request", svg('<image href="https://example.org/a.png"/>')),
    "a drawing with a script": ("program-code", svg("<script>1</script>")),
    "a drawing with hidden words": ("hidden-element", svg(f'<text display="none">{SECRET}</text>')),
}  # fmt: skip

TEXT: Planted = {"a path in a text": ("file-path", b"See file:///home/aigul/a.md\n")}

HOSTILE: Planted = {
    "a document type": (
        "declares-entities",
        word(parts={"word/header1.xml": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
    ),
    "no known format": ("unknown-format", b"\0\1\2"),
    "the strict names of the standard": (
        "unreadable",
        packed({"word/document.xml": '<?xml version="1.0"?><w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'}),
    ),
    "a broken part": ("unreadable", word(parts={"word/header1.xml": '<?xml version="1.0"?><a>'})),
    "an archive of something else": ("unknown-format", packed({"a.txt": "x"})),
}

ALL = {f"{form}: {name}": planted for form, table in (("Word", WORD), ("picture", PICTURES), ("PDF", PDF), ("HTML", HTML), ("text", TEXT), ("hostile", HOSTILE)) for name, planted in table.items()}  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_what_is_planted_is_found_and_nothing_else(name: str) -> None:
    kind, data = ALL[name]
    assert {one.kind for one in judge(data).findings} == {kind}


@pytest.mark.parametrize("plain", [word(), png(), jpeg(), pdf(), page()], ids=["docx", "png", "jpeg", "pdf", "html"])
def test_the_same_files_with_nothing_planted_are_clean(plain: bytes) -> None:
    assert judge(plain).findings == []


ELSEWHERE = {"secret", "surname", "encrypted", "bomb", "too-long"}  # test_scan_hostile, test_scan_secrets


def test_every_kind_is_planted_somewhere() -> None:
    assert set(kinds()) - {kind for kind, _ in ALL.values()} == ELSEWHERE


IN_SIGHT = {
    "white on a dark cell": word(f'<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>{paragraph(run("a", chr(60) + "w:color w:val=" + chr(34) + "FFFFFF" + chr(34) + "/>"))}</w:tc></w:tr></w:tbl>'),
    "white on a marker": word(paragraph(run("a", '<w:color w:val="FFFFFF"/><w:highlight w:val="darkBlue"/>'))),
    "vanish switched off": word(paragraph(run("a", '<w:vanish w:val="0"/>'))),
    "the same words for old programs": word(paragraph(f'<w:r>{TEXT_BOX.format("seen")}</w:r>')),
    "bookmarks of programs": word(paragraph('<w:bookmarkStart w:name="_Toc123"/><w:bookmarkStart w:name="_GoBack"/><w:bookmarkStart w:name="_sg0001"/>')),
    "a link to the web": word(rels=link("hyperlink", "https://example.org/home/news")),
    "an address in the words": word(paragraph(run("See https://example.org/home/news/ and and/or 10:30/11:00."))),
    "white in a PDF on a dark box": pdf(b"0 0 0.5 rg 50 580 300 40 re f 1 1 1 rg" + SHOW % b""),
    "in a frame drawn later": pdf(SHOW % b"" + b"0 0 0 rg 50 580 300 40 re 52 582 296 36 re f*"),
    "the colour of the frame around it": pdf(b"1 0 0 rg 50 580 300 40 re 52 582 296 36 re f*" + SHOW % b""),
    "types of media": page("<p>See /MEDIA/SUBTYPE.xml</p>"),
    "a link to the web in a PDF": annotation(b"/Subtype /Link /A << /S /URI /URI (https://example.org/a) >>"),
    "white in a page on a dark band": page('<div class="band"><p class="w">a</p></div>', "<style>.band { background: #1d3f63 } .w { color: white }</style>"),
    "white on dark screens": page("<p>a</p>", "<style>@media (prefers-color-scheme: dark) { p { color: #fff } }</style>"),
    "a link that the keyboard shows": page('<a class="skip" href="#a">To the text</a>', "<style>.skip { top: -900px } .skip:focus { top: 0 }</style>"),
    "a comment without words": page("<ul><li>a</li></ul><!-- --><ul><li>b</li></ul>"),
    "small print": page('<p style="font-size: 0.75em">a</p>'),
    "data that the page shows": page('<p data-title="Plain">a</p>'),
}  # fmt: skip


@pytest.mark.parametrize("name", IN_SIGHT)
def test_what_can_be_seen_is_no_finding(name: str) -> None:
    assert judge(IN_SIGHT[name]).findings == []


def test_documentation_lists_every_kind() -> None:
    text = (Path(__file__).parents[2] / "docs/scan.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert rows == [f"| `{kind}` | {severity} | {what} |" for kind, (severity, what, _) in sorted(kinds().items())]
