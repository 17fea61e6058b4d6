using Diaspora.Domain.Access;
using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Merging;
using Diaspora.Domain.Notifications;
using Diaspora.Domain.Reminding;
using Diaspora.Domain.Settings;
using Diaspora.Tests.Members.Duplicates;
using Diaspora.Tests.Settings;
using Diaspora.Tests.Storage;

namespace Diaspora.Tests.Members;

/// <summary>Every form that edits what is there says what it saw: two who edit at once lose nothing of each other.</summary>
public sealed class SeenTests : IAsyncLifetime
{
    /// <summary>Forms that edit nothing that was there, each with why.</summary>
    private static readonly Dictionary<string, string> EditNothing = new()
    {
        ["RegisterForm"] = "creates an account",
        ["SignInForm"] = "creates a session",
        ["ForgotForm"] = "asks for a link",
        ["ChangePasswordForm"] = "sets a password nobody has seen, against the old one",
        ["ResetForm"] = "sets a password nobody has seen, by a link that works once",
        ["ApproveRegistrationForm"] = "decides a request once: the second decision is refused",
        ["AddMemberForm"] = "creates a member",
        ["BlockMemberForm"] = "blocks: whoever is blocked already is not blocked again",
        ["RefuseDeletionForm"] = "decides a request once: the second decision is refused",
        ["WriteNoteForm"] = "creates a note; nobody edits one",
        ["MonthIntervalForm"] = "creates an exemption or a suspension",
        ["StartPaymentForm"] = "creates an intent; it carries the sum that was seen",
        ["RejectPaymentForm"] = "decides a payment once: a stale decision names who was first",
        ["RefundPaymentForm"] = "gives back once",
        ["ReturnCreditForm"] = "gives back once",
        ["RecordPaymentForm"] = "creates an intent",
        ["SettlePaymentForm"] = "decides an intent once: a stale decision names who was first",
        ["AnswerImportForm"] = "says what a word of a staged file means: nothing of any member is changed by it",
        ["MendCellForm"] = "puts a cell of a staged file right: nothing of any member is changed by it",
        ["ImportPersonForm"] = "a line of a file that is read",
        ["MapImportForm"] = "says what the columns of a staged file mean: nothing of any member is changed by it",
        ["MapSheetForm"] = "a part of MapImportForm",
        ["MapColumnForm"] = "a part of MapImportForm",
        ["DownloadBackupForm"] = "reads an archive",
        ["RefuseEvidenceForm"] = "decides a line once; a decided one is refused",
        ["FeeStepForm"] = "a part of EditSettingsForm",
        ["MergeMonthForm"] = "a part of MergeMembersForm",
    };

    private static readonly Type[] Forms = [.. typeof(IStore).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.Name.EndsWith("Form", StringComparison.Ordinal)).OrderBy(type => type.Name)];

    private TestDatabase _database = null!;
    private Actor _admin = null!;
    private Actor _colleague = null!;
    private Actor _member = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await SettingsSetup.SeededAsync();
        _admin = await _database.AddAdminAsync();
        _colleague = await _database.AddAsync("Самир Гасанов", Role.Admin, joinedOn: null);
        _member = await _database.AddAsync("Алиев Рашад", joinedOn: "2026-01-01");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static IEnumerable<Type> Editing => Forms.Where(form => form.GetInterfaces().Any(known => known.IsGenericType && known.GetGenericTypeDefinition() == typeof(IEditsWhatWasSeen<>)));

    public static TheoryData<string> EditingForms => [.. Editing.Select(form => form.Name)];

    [Fact]
    public void Carry_EveryFormThatEdits_WhatItSaw() =>
        Assert.Equal(Forms.Select(form => form.Name).Except(EditNothing.Keys), Editing.Select(form => form.Name));

    /// <summary>Both open the form; the colleague saves; mine is refused, and what is stored stays the colleague's.</summary>
    [Theory]
    [MemberData(nameof(EditingForms))]
    public async Task Send_AfterAColleagueChangedTheSame_IsRefusedAndNamesThemAndWhen(string form)
    {
        _database.Clock.Advance(TimeSpan.FromMinutes(5));
        var at = _database.Clock.GetUtcNow().UtcDateTime;
        var problem = await RefusedAsync(await OpenAsync(form));
        if (form == nameof(MergeMembersForm))
        {
            Assert.Equal(Problems.MergeSeenOld, problem.Code);
            return;
        }

        Assert.True(FieldConflict.Is(problem), problem.ToString());
        Assert.Equal(["Самир Гасанов", at], problem.Args[^2..]);
    }

    [Fact]
    public async Task EditProfile_OnAnOldPage_LeavesWhatAnAdminCorrected()
    {
        var form = await _database.ProfileFormAsync(_member);
        await EditAsync(_colleague, MemberField.City, "", "Актау");
        form.FullName = "Алиев Рашад Оглы";
        await _database.Get<MemberService>().EditProfileAsync(_member, form);
        Assert.Equal(("Актау", "Алиев Рашад Оглы"), await ProfileAsync());

        // The same again, and what both made the same, is no conflict.
        (form.Seen, form.City) = (form.Seen with { City = "" }, " Актау ");
        await _database.Get<MemberService>().EditProfileAsync(_member, form);
        Assert.Equal(("Актау", "Алиев Рашад Оглы"), await ProfileAsync());
    }

    [Theory]
    [InlineData(false, "Атырау")]
    [InlineData(true, "Актау")]
    public async Task EditProfile_OnceTheConflictIsSettled_SavesWhatWasChosenAndAllElse(bool takes, string city)
    {
        var form = await _database.ProfileFormAsync(_member);
        await EditAsync(_colleague, MemberField.City, "", "Актау");
        (form.City, form.FullName) = ("Атырау", "Алиев Рашад Оглы");
        var problem = await RefusedAsync(() => _database.Get<MemberService>().EditProfileAsync(_member, form));
        Assert.Equal(("Актау", "Алиев Рашад"), await ProfileAsync());

        form.Settle(nameof(form.City), FieldConflict.TheirsOf(problem), takes);
        await _database.Get<MemberService>().EditProfileAsync(_member, form);
        Assert.Equal((city, "Алиев Рашад Оглы"), await ProfileAsync());
    }

    [Fact]
    public async Task EditSettings_DifferentFieldsAtOnce_KeepsBoth()
    {
        var form = await _database.FormAsync(_admin);
        await _database.EditAsync(_colleague, theirs => (theirs.Address, theirs.DeadlineDay) = ("Абая, 2", "15"));
        await _database.EditAsync(_colleague, theirs => theirs.AddFee("2026-07", "2500"));
        form.MonthsAhead = "6";
        form.AddFee("2026-09", "3000");
        await _database.Get<SettingsService>().EditAsync(_admin, form);

        var now = await _database.FormAsync(_admin);
        Assert.Equal(("Абая, 2", "15", "6"), (now.Address, now.DeadlineDay, now.MonthsAhead));
        Assert.Equal(["2000-01 2000", "2026-07 2500", "2026-09 3000"], now.Fees.Select(fee => $"{fee.Month} {fee.Amount}"));
    }

    [Fact]
    public async Task EditSettings_AFeeThatAColleagueTookAway_AsksWhose()
    {
        await _database.EditAsync(_admin, form => form.AddFee("2026-07", "2500"));
        var mine = await _database.FormAsync(_admin);
        await _database.EditAsync(_colleague, form => form.Fees.RemoveAt(1));
        mine.Fees[1].Amount = "2600";
        var problem = await RefusedAsync(() => _database.Get<SettingsService>().EditAsync(_admin, mine));
        Assert.Equal(Problems.FieldEmptiedMeanwhile, problem.Code);

        mine.Settle("fee:2026-07", FieldConflict.TheirsOf(problem), takes: true);
        await _database.Get<SettingsService>().EditAsync(_admin, mine);
        Assert.Single((await _database.FormAsync(_admin)).Fees);
    }

    /// <summary>Opens the form for me, lets the colleague save theirs, and gives what sends mine.</summary>
    private async Task<Func<Task>> OpenAsync(string form)
    {
        var (id, months, members) = (_member.MemberId!.Value, _database.Get<OwedMonthsService>(), _database.Get<MemberService>());
        switch (form)
        {
            case nameof(ProfileForm):
                var profile = await _database.ProfileFormAsync(_member);
                await EditAsync(_colleague, MemberField.City, "", "Актау");
                profile.City = "Атырау";
                return () => members.EditProfileAsync(_member, profile);
            case nameof(EditMemberForm):
                await EditAsync(_colleague, MemberField.City, "", "Актау");
                return () => EditAsync(_admin, MemberField.City, "", "Атырау");
            case nameof(AppointMemberForm):
                var role = await _database.AppointFormAsync(id, Role.Editor);
                await members.AppointAsync(_colleague, id, await _database.AppointFormAsync(id, Role.Cashier));
                return () => members.AppointAsync(_admin, id, role);
            case nameof(MoveJoiningForm):
                var joining = await _database.JoiningFormAsync(_member, new Period(2025, 12));
                await months.MoveJoiningAsync(_colleague, id, await _database.JoiningFormAsync(_member, new Period(2025, 11)));
                return () => months.MoveJoiningAsync(_admin, id, joining);
            case nameof(EndIntervalForm):
                var interval = await months.ExemptAsync(_admin, id, new MonthIntervalForm { From = new Period(2026, 3), Reason = "решение совета" });
                var end = await _database.EndFormAsync(id, interval, new Period(2026, 4));
                await months.EndAsync(_colleague, id, interval, await _database.EndFormAsync(id, interval, new Period(2026, 6)));
                return () => months.EndAsync(_admin, id, interval, end);
            case nameof(EditSettingsForm):
                var settings = await _database.FormAsync(_admin);
                await _database.EditAsync(_colleague, theirs => theirs.Address = "Абая, 2");
                settings.Address = "Абая, 4";
                return () => _database.Get<SettingsService>().EditAsync(_admin, settings);
            case nameof(EditReminderPlanForm):
                var plan = (await _database.Get<ReminderService>().DetailsAsync(_admin)).ToForm();
                var theirPlan = (await _database.Get<ReminderService>().DetailsAsync(_colleague)).ToForm();
                theirPlan.Days = "0";
                await _database.Get<ReminderService>().EditAsync(_colleague, theirPlan);
                plan.Days = "0, 7";
                return () => _database.Get<ReminderService>().EditAsync(_admin, plan);
            case nameof(EditMessageTextForm):
                var texts = _database.Get<MessageTextService>();
                var (mine, theirs) = (await TextFormAsync(_admin), await TextFormAsync(_colleague));
                theirs.Text = "Пора платить";
                await texts.EditAsync(_colleague, theirs);
                mine.Text = "Не забудьте о взносе";
                return () => texts.EditAsync(_admin, mine);
            case nameof(MergeMembersForm):
                var other = await _database.AddAsync("Алиев Рашид", joinedOn: "2026-01-01");
                var merge = await _database.MergeFormAsync(_admin, _member, other);
                await EditAsync(_colleague, MemberField.City, "", "Актау");
                return () => _database.Get<DuplicateService>().MergeAsync(_admin, merge);
            default:
                throw new NotSupportedException($"Say here how two edit with a {form}.");
        }
    }

    private async Task<EditMessageTextForm> TextFormAsync(Actor admin) => EditMessageTextForm.Of((await _database.Get<MessageTextService>().DetailsAsync(admin, Cause.Reminder, Channel.Mail))[0]);

    private static async Task<Problem> RefusedAsync(Func<Task> send) => await Record.ExceptionAsync(send) switch
    {
        FormException refused => Assert.Single(refused.Problems.ByField).Value,
        DomainException refused => refused.Problem,
        var other => throw new InvalidOperationException("It was not refused.", other),
    };

    private Task EditAsync(Actor by, MemberField field, string seen, string value) =>
        _database.Get<MemberEditService>().EditAsync(by, _member.MemberId!.Value, new EditMemberForm { Field = field, Seen = seen, Value = value });

    private async Task<(string? City, string? FullName)> ProfileAsync() => await _database.Get<MemberService>().ProfileAsync(_member) is var now ? (now.City, now.FullName) : default;
}
