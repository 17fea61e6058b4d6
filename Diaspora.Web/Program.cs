using Diaspora.Data;
using Diaspora.Data.Operations;
using Diaspora.Web.Accounts;
using Diaspora.Web.Audit;
using Diaspora.Web.Backups;
using Diaspora.Web.Cards;
using Diaspora.Web.Certificates;
using Diaspora.Web.Content;
using Diaspora.Web.Dues;
using Diaspora.Web.Health;
using Diaspora.Web.Kaspi;
using Diaspora.Web.Members;
using Diaspora.Web.Notifications;
using Diaspora.Web.OnPhone;
using Diaspora.Web.Payments;
using Diaspora.Web.Reminding;
using Diaspora.Web.Reports;
using Diaspora.Web.Rights;
using Diaspora.Web.Settings;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;

if (BackupCommand.IsAsked(args))
    return await new BackupCommand(Console.Out, Console.Error, DataFeature.AddData).RunAsync(args);
if (CopyCommand.IsAsked(args))
    return await CopyCommand.RunAsync(args);

return await Ending.OfAsync(async () =>
{
    var builder = WebApplication.CreateBuilder([.. args.Where(word => word != DatabaseGuard.Accept)]);
    builder.AddOperations();
    builder.AddShared();
    builder.AddShell();
    builder.AddData();
    builder.AddSettings();
    builder.AddAccounts();
    builder.AddRights();
    builder.AddContent();
    builder.AddDues();
    builder.AddPayments();
    builder.AddKaspi();
    builder.AddMembers();
    builder.AddReports();
    builder.AddCertificates();
    builder.AddCards();
    builder.AddAudit();
    builder.AddBackups();
    builder.AddNotifications();
    builder.AddReminders();
    builder.AddHealth();

    var app = builder.Build();
    await app.PrepareAsync(isAccepted: args.Contains(DatabaseGuard.Accept));

    app.UseOperations();
    app.UseShell();
    app.MapAccounts();
    app.MapRights();
    app.MapOperations();
    app.MapShell();
    app.MapPayments();
    app.MapKaspi();
    app.MapMembers();
    app.MapReports();
    app.MapCertificates();
    app.MapCards();
    app.MapBackups();
    app.MapNotifications();
    app.MapOnPhone();

    await app.RunAsync();
});
