using System.Reflection;
using Diaspora.Domain.Access;
using Diaspora.Domain.Backups;
using Diaspora.Domain.Cards;
using Diaspora.Domain.Certificates;
using Diaspora.Domain.Export;
using Diaspora.Domain.Import;
using Diaspora.Domain.Kaspi;
using Diaspora.Domain.Members;
using Diaspora.Domain.Members.Accounts;
using Diaspora.Domain.Merging;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Payments;
using Diaspora.Domain.Reminding;
using Diaspora.Domain.Reports;
using Diaspora.Domain.Rights;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Storage;

namespace Diaspora.Tests.Members;

/// <summary>Calls every verb of every service with arguments that are right in form. A new verb is found by itself.</summary>
internal static class ServiceCalls
{
    /// <summary>All public verbs of all services.</summary>
    public static IEnumerable<MethodInfo> Verbs => TestDatabase.ServiceTypes
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(method => !method.IsSpecialName);

    /// <summary>The verbs of people who are signed in; a visitor's are named so.</summary>
    public static IEnumerable<MethodInfo> OfActors => Verbs.Where(method => method.GetParameters().Any(parameter => parameter.Name == "actor"));

    public static string NameOf(MethodInfo verb) => $"{verb.DeclaringType!.Name}.{verb.Name}";

    public static MethodInfo Find(string name) => Verbs.Single(verb => NameOf(verb) == name);

    /// <param name="ids">What is given where a verb asks for an id, by the parameter's name; else an id that nothing has.</param>
    public static async Task<object?> CallAsync(this TestDatabase database, MethodInfo verb, Actor actor, IReadOnlyDictionary<string, Guid>? ids = null)
    {
        var phone = await PhoneOfAsync(database, actor);
        var arguments = verb.GetParameters().Select(parameter => ArgumentOf(parameter, actor, ids, phone)).ToArray();
        var task = (Task)verb.Invoke(database.Get(verb.DeclaringType!), BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
        await task;
        return task.GetType().GetProperty("Result")?.GetValue(task);
    }

    private static object? ArgumentOf(ParameterInfo parameter, Actor actor, IReadOnlyDictionary<string, Guid>? ids, string phone) => parameter.ParameterType switch
    {
        var type when type == typeof(Actor) => actor,
        var type when type == typeof(Guid) => ids?.GetValueOrDefault(parameter.Name!, Guid.NewGuid()) ?? Guid.NewGuid(),
        var type when type == typeof(string) => parameter.Name switch { "language" => "kk", "number" => MemberNumber.FromBody(MemberNumber.Last).Value, _ => "чек.pdf" },
        var type when type == typeof(int) => 2026,
        var type when type == typeof(Stream) => new MemoryStream("%PDF-1.7 a receipt"u8.ToArray()),
        var type when type == typeof(CancellationToken) => CancellationToken.None,
        var type when type == typeof(DateTime) => DateTime.UnixEpoch,
        var type when type == typeof(Period) => new Period(2026, 3),
        var type when type == typeof(PaymentFilter) => new PaymentFilter(),
        var type when type == typeof(Diaspora.Domain.Members.MemberFilter) => new Diaspora.Domain.Members.MemberFilter(),
        var type when type == typeof(MemberSelection) => new MemberSelection(new Diaspora.Domain.Members.MemberFilter()),
        var type when type == typeof(MergeMembersForm) => new MergeMembersForm { StaysId = Guid.NewGuid(), GoesId = Guid.NewGuid() },
        var type when type == typeof(AuditFilter) => new AuditFilter(),
        var type when type == typeof(StartPaymentForm) => new StartPaymentForm { Periods = [new Period(2026, 3)], SeenTotal = new Money(2000) },
        var type when type == typeof(RejectPaymentForm) => new RejectPaymentForm { Reason = "чек не читается" },
        var type when type == typeof(RecordPaymentForm) => new RecordPaymentForm { Received = 2000, ReceivedOn = new DateOnly(2026, 3, 8), PayerId = Guid.NewGuid(), Months = [new ChosenMonth(Guid.NewGuid(), new Period(2026, 3))] },
        var type when type == typeof(SettlePaymentForm) => new SettlePaymentForm { Received = 2000, ReceivedOn = new DateOnly(2026, 3, 8) },
        var type when type == typeof(DownloadBackupForm) => new DownloadBackupForm { Password = "не тот пароль" },
        var type when type == typeof(RefundPaymentForm) => new RefundPaymentForm { Reason = "ошиблись месяцем" },
        var type when type == typeof(ReturnCreditForm) => new ReturnCreditForm { Reason = "вернули на карту" },
        var type when type == typeof(IReadOnlyList<string>) => new[] { MemberNumber.FromBody(MemberNumber.Last).Value },
        var type when type == typeof(IReadOnlyList<Guid>) => new[] { Guid.NewGuid() },
        var type when type == typeof(PushAddress) => new PushAddress($"https://fcm.googleapis.com/fcm/send/{Guid.NewGuid()}", new string('A', 87), new string('A', 22)),
        var type when type == typeof(Channel) => Channel.Sms,
        var type when type == typeof(long) => 77L,
        var type when type == typeof(MonthIntervalForm) => new MonthIntervalForm { From = new Period(2026, 3), Reason = "решение совета" },
        var type when type == typeof(EndIntervalForm) => new EndIntervalForm { Last = new Period(2026, 3) },
        var type when type == typeof(MoveJoiningForm) => new MoveJoiningForm { Month = new Period(2026, 3), Reason = "так и было" },
        var type when type == typeof(EditMemberForm) => new EditMemberForm { Field = Diaspora.Domain.Members.MemberField.City, Value = "Шымкент" },
        var type when type == typeof(AddMemberForm) => new AddMemberForm { FullName = "Новый Участник", Phone = "+77019999998", JoinedIn = new Period(2026, 3) },
        var type when type == typeof(WriteNoteForm) => new WriteNoteForm { Text = "звонил, оплатит в пятницу" },
        var type when type == typeof(EditReminderPlanForm) => new EditReminderPlanForm { Days = "0", PerWeek = "1", Order = "Mail", Ceiling = "0" },
        var type when type == typeof(ConsentWords) => new ConsentWords("1", "согласен"),
        var type when type == typeof(IReadOnlyList<DeliveryNews>) => new[] { new DeliveryNews("42", null, DeliveryNewsKind.Read, DateTime.UnixEpoch) },
        var type when type == typeof(Cause) => Cause.Reminder,
        var type when type == typeof(EditMessageTextForm) => new EditMessageTextForm { Key = new MessageTextKey(Cause.Reminder, Channel.Mail, "ru"), Title = "Взнос", Text = "Пора платить" },
        var type when type == typeof(EditSettingsForm) => new EditSettingsForm
        {
            Fees = [new FeeStepForm { Month = "2000-01", Amount = "2000" }],
            DeadlineDay = "10",
            MonthsAhead = "12",
            LapseAfterDays = "14",
            Name = "Диаспора",
        },
        var type when type == typeof(Guid?) || type == typeof(DateOnly?) => null,
        var type when type == typeof(bool) => false,
        var type when type == typeof(CertificateSubject) => CertificateSubject.Of(2026),
        var type when type == typeof(CertificateMark) => new CertificateMark(Guid.NewGuid(), null, [new Period(2026, 3)], new Money(2000), new DateOnly(2026, 3, 8)),
        var type when type == typeof(CardMark) => new CardMark(MemberNumber.FromBody(MemberNumber.Last).Value, CardMark.SealOf(Guid.NewGuid()), Diaspora.Domain.Dues.Standing.Active, DateTime.UnixEpoch),
        var type when type == typeof(MatrixFilter) => new MatrixFilter(2026),
        var type when type == typeof(ReportListFilter) => new ReportListFilter(ReportListKind.Unpaid, new Period(2026, 3)),
        var type when type == typeof(IReadOnlyCollection<EvidenceRow>) => Array.Empty<EvidenceRow>(),
        var type when type == typeof(EvidenceFilter) => new EvidenceFilter(),
        var type when type == typeof(EvidenceSource) => EvidenceSource.Statement,
        var type when type == typeof(TrustLevel) => TrustLevel.Shadow,
        var type when type == typeof(MatchTarget) => new MatchTarget(Guid.NewGuid(), Guid.NewGuid()),
        var type when type == typeof(RefuseEvidenceForm) => new RefuseEvidenceForm { Note = "аренда" },
        var type when type == typeof(TableColumns) => new TableColumns(1, 0, Sum: 1),
        var type when type == typeof(UnnamedTable) => new UnnamedTable("когда|сколько", [new TableRow(1, ["Когда", "Сколько"])], null),
        var type when type == typeof(ReadStatement) => new ReadStatement(
            StatementFormat.PayReport, null, new DateOnly(2026, 3, 8), new DateOnly(2026, 3, 8), [new StatementLine(1, new DateOnly(2026, 3, 8), null, LineKind.Incoming, 200_000, "Фарид Г.", "", null, "")], null),
        var type when type == typeof(AppointMemberForm) => new AppointMemberForm { Role = Diaspora.Domain.Access.Role.Cashier },
        var type when type == typeof(Sheet) => new Sheet("list.csv", new string('0', 64), [new SheetRow(1, "ФИО", "Телефон"), new SheetRow(2, "Алиев Рашад", "+77055550001")]),
        var type when type == typeof(MapImportForm) => new MapImportForm { Columns = [new MapColumnForm { Field = ImportField.Name }, new MapColumnForm { Index = 1, Field = ImportField.Phone }] },
        var type when type == typeof(ImportChoice) => new ImportChoice(),
        var type when type == typeof(AnswerImportForm) => new AnswerImportForm { Word = "перенос", Meaning = ImportMeaning.Nothing },
        var type when type == typeof(MendCellForm) => new MendCellForm { Place = 2, Column = 1, Text = "+77055550002" },
        var type when type == typeof(ApproveRegistrationForm) => new ApproveRegistrationForm { Code = "4821" },
        var type when type == typeof(RefuseDeletionForm) => new RefuseDeletionForm { Reason = "закон требует хранить" },
        var type when type == typeof(DoorReport) => new DoorReport(new DoorEventMark(Guid.NewGuid(), null, DateTime.UnixEpoch), [], null, null),
        var type when type == typeof(BlockMemberForm) => new BlockMemberForm { Reason = "спам" },
        var type when type == typeof(ChangePasswordForm) => new ChangePasswordForm { CurrentPassword = "не тот пароль", Password = "три кота и гранат" },
        var type when type == typeof(ProfileForm) => new ProfileForm { Seen = new ProfileFields("Алиев Рашад", phone, "", ""), FullName = "Алиев Рашад", Phone = phone },
        var type => throw new NotSupportedException($"Say here what a {type.Name} is in a test (parameter {parameter.Name})."),
    };

    private static async Task<string> PhoneOfAsync(TestDatabase database, Actor actor)
    {
        await using var context = database.Context();
        var member = actor.MemberId is { } id ? await context.Members.FindAsync(id) : null;
        return member?.Phone.Value ?? "+77019999999";
    }
}
