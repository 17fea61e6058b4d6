using System.Globalization;
using Diaspora.Domain.Certificates;
using Diaspora.Domain.Import;
using Diaspora.Domain.Payments;

namespace Diaspora.Web.Shell;

/// <summary>Every address of the portal. Route templates stay on their pages; links are written only with these.</summary>
public static partial class Urls
{
    private const int LastPage = 1_000_000;

    public const string Home = "/";
    public const string About = "/about";
    public const string Rules = "/rules";
    public const string Contacts = "/contacts";
    public const string Privacy = "/privacy";
    public const string NotFound = "/not-found";
    public const string Error = "/error";

    /// <summary>What a phone needs to keep the portal on its first screen.</summary>
    public const string ManifestFile = "/manifest.webmanifest";

    /// <summary>At the root, because it may answer only for what lies below it.</summary>
    public const string WorkerFile = "/sw.js";

    public const string Offline = "/offline";

    /// <summary>Where a phone sends what is shared with the portal.</summary>
    public const string Share = "/share";

    public const string Register = "/auth/register";
    public const string RegisterWaits = "/auth/register/waiting";
    public const string Login = "/auth/login";
    public const string Forgot = "/auth/forgot";
    public const string Reset = "/auth/reset";
    public const string Logout = "/auth/logout";
    public const string Seen = "/auth/seen";

    public const string Cabinet = "/cabinet";
    public const string Pay = "/cabinet/pay";
    public const string StartPayment = Pay + "/start";
    public const string Payments = "/cabinet/payments";
    public const string OwnCertificate = Payments + "/paper";
    public const string OwnCertificateFile = OwnCertificate + ".pdf";
    public const string Card = "/cabinet/card";
    public const string SharedReceipt = "/cabinet/share";
    public const string Profile = "/cabinet/profile";
    public const string Password = "/cabinet/password";
    public const string Notifications = "/cabinet/notifications";
    public const string PushDevice = Notifications + "/device";
    public const string OwnData = "/cabinet/data";
    public const string OwnDataFile = OwnData + ".json";
    public const string Consent = "/cabinet/consent";

    public const string Admin = "/admin";
    public const string AdminLogin = "/admin/login";
    public const string AdminPayments = "/admin/payments";
    public const string NewPayment = AdminPayments + "/new";
    public const string AdminMembers = "/admin/members";
    public const string MembersCsv = AdminMembers + "/export.csv";
    public const string MembersSheet = AdminMembers + "/export.xlsx";
    public const string PaymentsCsv = AdminMembers + "/payments.csv";
    public const string Duplicates = AdminMembers + "/duplicates";

    public const string Registrations = AdminMembers + "/registrations";

    /// <summary>Who asks that their data be deleted.</summary>
    public const string Deletions = AdminMembers + "/deletions";

    public const string AdminImport = AdminMembers + "/import";
    public const string ImportFile = AdminImport + "/file";
    public const string ImportTemplate = AdminImport + "/template";
    public const string AdminStatements = "/admin/statements";
    public const string StatementFile = AdminStatements + "/file";
    public const string AdminLines = AdminStatements + "/lines";
    public const string AdminMonth = AdminStatements + "/month";
    public const string AdminTrust = AdminStatements + "/trust";
    public const string AdminDoor = "/admin/door";
    public const string DoorCheck = AdminDoor + "/check";
    public const string DoorPhoto = AdminDoor + "/photo";
    public const string DoorReport = AdminDoor + "/report";
    public const string AdminReports = "/admin/reports";
    public const string ReportCsv = "/admin/reports/csv";
    public const string ReportList = AdminReports + "/list";
    public const string ReportMatrix = AdminReports + "/matrix";
    public const string AdminReminders = "/admin/reminders";
    public const string AdminMessages = "/admin/messages";
    public const string AdminAudit = "/admin/audit";
    public const string AdminSettings = "/admin/settings";
    public const string AdminHealth = "/admin/health";
    public const string AdminBackups = "/admin/backups";

    /// <summary>Where the password for a download is sent to.</summary>
    public const string BackupFile = AdminBackups + "/file";

    /// <summary>What messages of one cause say by one channel.</summary>
    public static string AdminMessage(object cause, object channel) => $"{AdminMessages}/{cause}/{channel}";

    /// <summary>Where a one-time link leads; the host is put before it by whoever sends it.</summary>
    public static string ResetWith(Guid memberId, string token) => $"{Reset}?member={memberId}&token={Uri.EscapeDataString(token)}";

    public static string Intent(object id) => $"{Pay}/{id}";

    /// <summary>The first step of paying, with these months chosen and no other. Where an address names no months at all, the portal chooses.</summary>
    public static string PayFor(params IEnumerable<Period> months) => $"{Pay}?months={string.Join(',', months)}";

    /// <summary>The same, with every month that can be chosen on the page.</summary>
    public static string AllMonths(IEnumerable<Period> months) => $"{PayFor(months)}&all=true";

    /// <summary>The instruction again, for who has said already that it is paid.</summary>
    public static string Transfer(object intentId) => $"{Intent(intentId)}?step=transfer";

    /// <summary>Where «Я оплатил(а)» is sent to.</summary>
    public static string Claim(object intentId) => $"{Intent(intentId)}/claim";

    /// <summary>A receipt's file.</summary>
    public static string Receipt(object id) => $"/receipts/{id}";

    /// <summary>A receipt that is a PDF, for the browser's own viewer in a frame of ours.</summary>
    public static string ReceiptDocument(object id) => $"{Receipt(id)}/document";

    /// <summary>A small picture of a receipt that is a picture.</summary>
    public static string ReceiptThumbnail(object id) => $"{Receipt(id)}/thumb";

    /// <summary>Where a receipt of the intent is sent to.</summary>
    public static string Receipts(object intentId) => $"{Intent(intentId)}/receipts";

    /// <summary>Where staff send one to.</summary>
    public static string StaffReceipts(object intentId) => $"{AdminIntent(intentId)}/receipts";

    /// <summary>What one has decided oneself, day by day.</summary>
    public const string MyDay = AdminPayments + "/day";

    public static string AdminIntent(object id) => $"{AdminPayments}/{id}";

    /// <summary>The intent, ready to take a receipt.</summary>
    public static string AttachTo(object intentId) => $"{AdminIntent(intentId)}?attach=true";

    /// <summary>A payment by hand that begins with this member.</summary>
    /// <param name="number">Eight digits.</param>
    public static string RecordPayment(string number) => $"{NewPayment}?member={number}";

    /// <summary>The card of a member for staff.</summary>
    /// <param name="number">Eight digits.</param>
    public static string AdminMember(string number) => $"{AdminMembers}/{number}";

    /// <summary>A certificate of payment that staff give to a member.</summary>
    public static string MemberCertificate(string number) => $"{AdminMember(number)}/paper";

    public static string MemberCertificateFile(string number) => $"{MemberCertificate(number)}.pdf";

    /// <summary>What a certificate is about, behind the address of its page or file.</summary>
    public static string CertificateAbout(CertificateSubject subject) => subject.IntentId is { } intent ? $"?intent={intent}" : $"?year={subject.Year}";

    /// <summary>Where whoever holds a certificate sees whether it still holds.</summary>
    public static string CertificateCheck(string code) => $"/paper/{code}";

    /// <summary>Keys of cards, and which cards hold no more.</summary>
    public const string CardList = "/card/list";

    /// <summary>Where a card's code is sent to by whoever scanned it.</summary>
    public const string CardCheck = "/card/check";

    /// <summary>Where the code of a card leads. Behind the sign, so that no server on the way writes it down.</summary>
    public static string CardVerify(string code) => $"/card/verify#{code}";

    /// <summary>What a certificate's file is called when it is saved.</summary>
    public static string CertificateName(Certificate certificate) => $"spravka-{(certificate.Subject.Year is { } year ? year.ToString(CultureInfo.InvariantCulture) : certificate.Months[0].ToString())}.pdf";

    /// <summary>What the file of one's own data is called when it is saved.</summary>
    public static string OwnDataName(string number) => $"diaspora-{number}.json";

    /// <summary>Two members side by side, by their numbers.</summary>
    public static string Compare(string first, string second) => $"{Duplicates}/{first}/{second}";

    /// <summary>An import: its columns first, and with a step what would be booked.</summary>
    public static string Import(object id) => $"{AdminImport}/{id}";

    public static string ImportCheck(object id) => $"{Import(id)}?step=check";

    /// <summary>A statement: what stands in it, and when it is booked its lines.</summary>
    public static string Statement(object id) => $"{AdminStatements}/{id}";

    /// <summary>Its file, to keep.</summary>
    public static string FileOfStatement(object id) => $"{Statement(id)}/file";

    /// <summary>A month's statements beside what was confirmed.</summary>
    /// <param name="month">yyyy-MM</param>
    public static string Reconcile(object month) => $"{AdminMonth}?month={month}";

    /// <param name="month">yyyy-MM</param>
    public static string ReportOf(object month) => $"{ReportCsv}?month={month}";

    /// <summary>The report of a month.</summary>
    public static string ReportPage(Period month) => $"{AdminReports}?month={month}";

    /// <summary>Figures of the reports as a file.</summary>
    public static string ReportFile(Reports.ReportFile file, bool isSheet) => $"{AdminReports}/{file.ToString().ToLowerInvariant()}.{(isSheet ? "xlsx" : "csv")}";

    /// <summary>A month of an address that a report can be made of: neither one before there was any association nor one that was mistyped.</summary>
    public static Period? ReportMonth(string? text) => Period.TryParse(text, out var month) && month >= Period.Earliest && month <= Period.Latest ? month : null;

    /// <summary>As <see cref="ReportMonth"/>.</summary>
    public static int? ReportYear(string? text) => YearOf(text) is { } year && year >= Period.Earliest.Year && year <= Period.Latest.Year ? year : null;

    /// <summary>Escaped as a header needs it. With one letter beyond ASCII in a redirect the server would answer 500.</summary>
    public static string InAscii(string url) =>
        string.Concat(url.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));

    /// <summary>A year of an address; what is none is not said, and certainly no fault.</summary>
    public static int? YearOf(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1 and <= 9999 ? year : null;

    /// <summary>The page number of an address, within what a database can skip to.</summary>
    public static int PageOf(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, LastPage) : 1;

    /// <summary>Changes the language and comes back to <paramref name="to"/>, a path of this site.</summary>
    public static string Language(string culture, string to) => $"/lang/{culture}?to={Uri.EscapeDataString(to)}";

    /// <summary>What was shared, for this payment.</summary>
    public static string SharedFor(object intentId) => $"{SharedReceipt}?intent={intentId}";

    /// <summary>What was shared, and why it is not here.</summary>
    public static string SharedRefused(string why) => $"{SharedReceipt}?refused={why}";

    public static string Manifest(string culture) => $"{ManifestFile}?lang={culture}";

    /// <summary>The sign-in page that leads on to <paramref name="to"/>: members and staff have one each.</summary>
    public static string SignIn(string to) => With(SignInPage(to), to);

    /// <summary>A page that leads on to <paramref name="to"/> when it is done.</summary>
    public static string With(string page, string to) => $"{page}?returnUrl={Uri.EscapeDataString(to)}";

    private static string SignInPage(string to) =>
        to.StartsWith(Admin + "/", StringComparison.OrdinalIgnoreCase) || to.Equals(Admin, StringComparison.OrdinalIgnoreCase)
            ? AdminLogin
            : Login;
}
