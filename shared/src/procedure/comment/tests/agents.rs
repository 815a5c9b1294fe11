//! The same five answers as different people and programs write them.

use super::*;

#[test]
fn slack() {
    is_a_to_e(of_text(
        "*Issue:* Aa bb\n*Investigated:* Bb cc\n*Action Taken:* Cc dd\n*Blocker:* Dd ee\n*Required to Resolve:* Ee ff",
    ));
    is_a_to_e(of_text(
        ":fire: *Issue*: Aa bb\n:mag: *Investigated*: Bb cc\n:hammer_and_wrench: *Action Taken*: Cc dd\n\
         :no_entry: *Blocker*: Dd ee\n:white_check_mark: *Required to Resolve*: Ee ff\n&gt; Issue: quoted",
    ));
    is_a_to_e(of_text(
        "• Issue: Aa bb\n• Investigated: Bb cc\n• _Action Taken_: Cc dd\n• _Blocker:_ Dd ee\n◦ `Required to Resolve`: Ee ff",
    ));
    is_a_to_e(of_text(
        "*Issue: Aa bb*\n_Investigated: Bb cc_\n~Action Taken~ - Cc dd\n*Blocker* = Dd ee\n*Required to Resolve: * Ee ff",
    ));
    is_a_to_e(of_html(
        "<div class=\"p-rich_text_section\"><b data-stringify-type=\"bold\">Issue:</b> Aa bb<span aria-label=\"&nbsp;\" \
         class=\"c-mrkdwn__br\" data-stringify-type=\"paragraph-break\"></span><b>Investigated:</b> Bb cc<br><b>Action Taken:</b> \
         Cc dd<br><img class=\"c-emoji\" alt=\":fire:\"><b>Blocker:</b> Dd ee<br><b>Required to Resolve:</b> Ee ff</div>",
    ));
}

#[test]
fn outlook_and_word() {
    is_a_to_e(of_html(
        "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><meta charset=utf-8><style><!--\np.MsoNormal {margin:0}\nIssue: x\n--></style>\
         <!--[if gte mso 9]><xml><o:shapedefaults v:ext=\"edit\" spidmax=\"1026\" /></xml><![endif]--></head><body lang=DE link=blue>\
         <div class=WordSection1><p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]>\
         <span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span></span><![endif]>\
         <b><span lang=EN-GB>Issue:</span></b><span lang=EN-GB> Aa\n bb<o:p></o:p></span></p>\
         <p class=MsoListParagraph><![if !supportLists]><span style='font-family:Wingdings'>Ø<span>&nbsp; </span></span><![endif]>Investigated: Bb cc<o:p></o:p></p>\
         <p class=MsoNormal>o<span style='font:7.0pt'>&nbsp;&nbsp; </span>Action Taken: Cc dd</p>\
         <p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>Blocker: Dd ee</p><p class=MsoNormal>Required to Resolve: Ee ff</p>\
         <div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>Von:</b> Jo Park &lt;jo@example.com&gt;<br>\
         <b>Gesendet:</b> Montag, 1. Juni 2026 09:12<br><b>An:</b> Support<br><b>Betreff:</b> Geld</p></div></div><p class=MsoNormal>Issue: theirs</p></div></body></html>",
    ));
    is_a_to_e(of_html(
        "<div>Issue: Aa bb</div><div>Investigated: Bb cc</div><div>Action Taken: Cc dd</div><div>Blocker: Dd ee</div><div>Required to Resolve: Ee ff</div>\
         <div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>From:</b> Jo</div><div>Issue: theirs</div>",
    ));
    is_a_to_e(of_html(
        "<p>Issue: Aa bb</p><p>Investigated: Bb cc</p><p>Action Taken: Cc dd</p><p>Blocker: Dd ee</p><p>Required to Resolve: Ee ff</p>\
         <div style=\"border:none;border-left:solid blue 1.5pt;padding:0cm 0cm 0cm 4.0pt\"><p>Issue: theirs</p></div>",
    ));
    is_a_to_e(of_html(
        "<table border=0><tr><td><table><tbody><tr><td><p>Issue</p></td><td><p>Aa<br>bb</p></td></tr><tr><td>Investigated</td><td>Bb cc</td></tr></tbody></table>\
         </td></tr><tr><td>Action Taken: Cc dd<br>Blocker: Dd ee</td></tr><tr><td>Required to Resolve: Ee ff</td></tr></table>",
    ));
}

#[test]
fn an_end_tag_for_a_line_break() {
    is_a_to_e(of_html(
        "issue: Aa bb</br>investigated: Bb cc</br>action taken: Cc dd</br>blocker: Dd ee</br>required to resolve: Ee ff",
    ));
}

#[test]
fn a_phone() {
    is_a_to_e(of_text(
        "Issue:Aa bb\nInvestigated :Bb cc\nAction taken:Cc dd\nBlocker : Dd ee\nRequired to resolve:Ee ff\n\nSent from my iPhone\nIssue: x",
    ));
    is_a_to_e(of_text(
        "Issue: Aa bb\nInvestigated: Bb cc\nActiontaken: Cc dd\nBlocker: Dd ee\nRequiredto resolve: Ee ff",
    ));
    check(
        of_text(
            "Issue: card declined.Investigated: log.Action taken: called.Blocker: limit,Required to resolve:approval",
        ),
        &[
            "issue: card declined.",
            "investigated: log.",
            "action_taken: called.",
            "blocker: limit",
            "required_to_resolve: approval",
        ],
    );
    check(of_text("Issue. card declined\nBlocker. limit"), &[]);
    is_a_to_e(of_text(
        "𝗜𝘀𝘀𝘂𝗲: Aa bb\n𝙸𝚗𝚟𝚎𝚜𝚝𝚒𝚐𝚊𝚝𝚎𝚍: Bb cc\nActıon Taken: Cc dd\n𝐁𝐥𝐨𝐜𝐤𝐞𝐫: Dd ee\nRequired to Resolve: Ee ff",
    ));
    is_a_to_e(of_text(
        "İssue: Aa bb\nİnvestigated: Bb cc\nAction Taken: Cc dd\nBlocker: Dd ee\nRequired to Resolve: Ee ff",
    ));
}

#[test]
fn tables() {
    is_a_to_e(of_html(
        "<table><thead><tr><th>Issue</th><th>Investigated</th><th>Action Taken</th><th>Blocker</th><th>Required to Resolve</th></tr></thead>\
         <tbody><tr><td>Aa bb</td><td>Bb cc</td><td>Cc dd</td><td>Dd ee</td><td>Ee ff</td></tr></tbody></table>",
    ));
    is_a_to_e(of_html(
        "<TABLE><TR><TH>#<TH>Point<TH>Answer<TR><TD>1<TD>Issue<TD>Aa bb<TR><TD>2<TD>Investigated<TD>Bb cc<TR><TD>3<TD>Action Taken<TD>Cc dd\
         <TR><TD>4<TD>Blocker<TD>Dd ee<TR><TD>5<TD>Required to Resolve<TD>Ee ff</TABLE>",
    ));
    is_a_to_e(of_text(
        "| Issue | Aa bb |\n|---|---|\n| Investigated | Bb cc |\n| Action Taken | Cc dd |\n| Blocker | Dd ee |\n| Required to Resolve | Ee ff |",
    ));
    is_a_to_e(of_text(
        "| Issue | Investigated | Action Taken | Blocker | Required to Resolve |\n|---|---|---|---|---|\n| Aa bb | Bb cc | Cc dd | Dd ee | Ee ff |",
    ));
    is_a_to_e(of_text(
        "Issue\tAa bb\nInvestigated\tBb cc\nAction Taken\tCc dd\nBlocker\tDd ee\nRequired to Resolve\tEe ff",
    ));
    is_a_to_e(of_text(
        "Issue\tInvestigated\tAction Taken\tBlocker\tRequired to Resolve\nAa bb\tBb cc\tCc dd\tDd ee\tEe ff",
    ));
    is_a_to_e(of_html(
        "<table><tr><td>Issue</td><td>Aa bb</td><td>Investigated</td><td>Bb cc</td></tr><tr><th scope=row>Action Taken:</th><td>Cc dd</td></tr>\
         <tr><td>Blocker</td><td>Dd ee</td></tr><tr><td>Required to Resolve</td><td>Ee ff</td></tr></table>",
    ));
    check(
        of_html("<table><tr><td>Issue</td><td></td></tr><tr><td>Investigated</td><td></td></tr></table>"),
        &["issue!", "investigated!"],
    );
}

#[test]
fn chinese_and_japanese() {
    check(
        of_text(
            "Ｉｓｓｕｅ：お客様は二重に請求されました。\nＩｎｖｅｓｔｉｇａｔｅｄ：決済ログ\n【Action Taken】お詫びメール\n■Blocker：返金権限がありません。\n５．Required　to　Resolve＝返金承認",
        ),
        &[
            "issue: お客様は二重に請求されました。",
            "investigated: 決済ログ",
            "action_taken: お詫びメール",
            "blocker: 返金権限がありません。",
            "required_to_resolve: 返金承認",
        ],
    );
    check(
        of_text(
            "Issue：卡被扣两次。Investigated：日志正常，Action Taken：已道歉；Blocker：没有权限Required to Resolve：批准退款",
        ),
        &[
            "issue: 卡被扣两次。",
            "investigated: 日志正常",
            "action_taken: 已道歉",
            "blocker: 没有权限",
            "required_to_resolve: 批准退款",
        ],
    );
    let labels = Labels::shipped().with_aliases([(Point::Issue, "問題".to_owned())]).unwrap();
    check(read(Body::Text("問題：二重請求"), &labels), &["issue: 二重請求"]);
}

#[test]
fn arabic_hebrew_and_german() {
    check(
        of_html(
            "<div dir=rtl><p>\u{200f}Issue\u{200f}: \u{202b}تم خصم المبلغ مرتين\u{202c}</p><p>\u{2067}Blocker:\u{2069} אין הרשאה</p></div>",
        ),
        &["issue: تم خصم المبلغ مرتين", "blocker: אין הרשאה"],
    );
    let labels = Labels::shipped().with_aliases([(Point::Issue, "المشكلة".to_owned())]).unwrap();
    check(read(Body::Text("المشكلة: خصم مرتين"), &labels), &["issue: خصم مرتين"]);
    check(
        of_text(
            "Issue: Kunde wurde doppelt belastet – 46,20 €\nInvestigated: Zahlungsprotokoll geprüft\nAction Taken: Entschuldigt\nBlocker: keine Rechte\nRequired to Resolve: Bitte Rückzahlung freigeben\n\nViele Grüße\nSam\n\nAm 01.06.2026 um 09:12 schrieb Jo Park <jo@example.com>:\n> Issue: fremd",
        ),
        &[
            "issue: Kunde wurde doppelt belastet – 46,20 €",
            "investigated: Zahlungsprotokoll geprüft",
            "action_taken: Entschuldigt",
            "blocker: keine Rechte",
            "required_to_resolve: Bitte Rückzahlung freigeben Viele Grüße Sam",
        ],
    );
}

#[test]
fn broken_html() {
    is_a_to_e(of_html(
        "<P>Issue: Aa bb<P>Investigated: Bb cc<UL><LI>Action Taken: Cc dd<LI>Blocker: Dd ee</UL>Required to Resolve: Ee ff</B></DIV>",
    ));
    is_a_to_e(of_html(
        "<div <p class=x>Issue: Aa bb<BR>Investigated: Bb&nbsp cc<br/ >Action Taken: Cc dd<br\n/>Blocker: Dd ee</p></p><div>Required to Resolve: Ee ff",
    ));
    check(
        of_html("<p>Issue: 3 < 5 && 7 > 2 &pound12 &amp &#163;5</p><p>Blocker: a <b>bold</b> <p>x</i>"),
        &["issue: 3 < 5 && 7 > 2 £12 & £5", "blocker: a bold x"],
    );
    check(
        of_html("Issue: set <before 17:00> & x<3\nBlocker: mail <jo@example.com>"),
        &["issue: set <before 17:00> & x<3", "blocker: mail <jo@example.com>"],
    );
    check(of_html("Issue: a < b\nBlocker: c <- d"), &["issue: a < b", "blocker: c <- d"]);
    check(of_html("Issue: Aa <b>bb</b>\nBlocker: Dd <i>ee</i>"), &["issue: Aa bb", "blocker: Dd ee"]);
    check(of_html("<p>Issue: Aa\nBlocker: bb</p>"), &["issue: Aa", "blocker: bb"]);
    check(
        of_html("Issue: Aa bb\r\n<!-- Blocker: no -->\r\nInvestigated: Bb cc"),
        &["issue: Aa bb", "investigated: Bb cc"],
    );
}

#[test]
fn lists_headings_and_ornaments() {
    is_a_to_e(of_html(
        "<dl><dt>Issue<dd>Aa bb<dt>Investigated<dd>Bb cc<dt>Action Taken</dt><dd>Cc dd</dd><dt>Blocker</dt><dd>Dd ee</dd><dt>Required to Resolve</dt><dd>Ee ff</dd></dl>",
    ));
    is_a_to_e(of_html(
        "<details><summary>Issue</summary>Aa bb</details><hr><h2>2. Investigated</h2>Bb cc<hr/><h3>(3) Action Taken</h3><p>Cc dd<h4>iv. Blocker</h4><code>Dd ee</code><h5>e) Required to Resolve</h5><center>Ee ff</center>",
    ));
    is_a_to_e(of_text(
        "1️⃣ Issue: Aa bb\n2️⃣Investigated: Bb cc\n③ Action Taken: Cc dd\n❹ Blocker: Dd ee\n5 Required to Resolve: Ee ff",
    ));
    is_a_to_e(of_text(
        "- [x] Issue: Aa bb\n- [ ] Investigated: Bb cc\n☑ Action Taken: Cc dd\n☐ Blocker: Dd ee\n✔️ Required to Resolve: Ee ff",
    ));
    is_a_to_e(of_text(
        "[Issue] Aa bb\n(Investigated) Bb cc\n【Action Taken】Cc dd\n[Blocker]: Dd ee\n[Required to Resolve:] Ee ff",
    ));
    is_a_to_e(of_text(
        "## Issue\nAa bb\n\n### Investigated:\nBb cc\n#### **Action Taken**\nCc dd\n__Blocker__\nDd ee\n> quoted\n***Required to Resolve***\nEe ff",
    ));
    is_a_to_e(of_html(
        "<p><font color=red>Issue</font>: Aa bb</p><p><a href=x>Investigated:</a> Bb cc</p><p><u><i>Action</i> Taken :</u> Cc dd</p><p>Bl<b>ock</b>er: Dd ee</p><p>Required<span> to </span>Resolve<span>:</span>Ee ff</p>",
    ));
    is_a_to_e(of_text(
        "Issue => Aa bb\nInvestigated -> Bb cc\nAction Taken → Cc dd\nBlocker --> Dd ee\nRequired to Resolve :- Ee ff",
    ));
    is_a_to_e(of_text(
        "Issue ....: Aa bb\nInvestigated (so far): Bb cc\nAction Taken 🔧: Cc dd\nBlocker(s) - Dd ee\nRequired to Resolve (SL): Ee ff",
    ));
    is_a_to_e(of_text(
        "1. Issue: Aa bb 2. Investigated: Bb cc 3. Action Taken: Cc dd 4) Blocker: Dd ee • Required to Resolve: Ee ff",
    ));
    is_a_to_e(of_text(
        "**Issue:** Aa bb **Investigated:** Bb cc **Action Taken:** Cc dd **Blocker:** Dd ee **Required to Resolve:** Ee ff",
    ));
    is_a_to_e(of_text(
        "action_taken: Cc dd\nISSUE=Aa bb\nInvestigated＝Bb cc\nblocker|Dd ee\nrequired-to-resolve: Ee ff",
    ));
    is_a_to_e(of_html(
        "<pre>Issue: Aa bb\nInvestigated: Bb cc\nAction Taken: Cc dd\nBlocker: Dd ee\nRequired to Resolve: Ee ff</pre>",
    ));
    is_a_to_e(of_html(
        "<div style=\"white-space: pre-wrap\">Issue: Aa bb\nInvestigated: Bb cc\nAction Taken: Cc dd\nBlocker: Dd ee\nRequired to Resolve: Ee ff</div>",
    ));
}
