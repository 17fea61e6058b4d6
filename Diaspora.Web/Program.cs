using Diaspora.Data;
using Diaspora.Web.Accounts;
using Diaspora.Web.Audit;
using Diaspora.Web.Backups;
using Diaspora.Web.Content;
using Diaspora.Web.Dues;
using Diaspora.Web.Members;
using Diaspora.Web.Payments;
using Diaspora.Web.Reports;
using Diaspora.Web.Settings;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;

if (BackupCommand.IsAsked(args))
{
    return await new BackupCommand(Console.Out, Console.Error).RunAsync(args);
}

var builder = WebApplication.CreateBuilder(args);

builder.AddOperations();
builder.AddShared();
builder.AddShell();
builder.AddData();
builder.AddSettings();
builder.AddAccounts();
builder.AddContent();
builder.AddDues();
builder.AddPayments();
builder.AddMembers();
builder.AddReports();
builder.AddAudit();

var app = builder.Build();
await app.PrepareAsync();

app.UseOperations();
app.UseShell();
app.MapAccounts();
app.MapOperations();
app.MapShell();
app.MapPayments();
app.MapMembers();
app.MapReports();

await app.RunAsync();
return 0;
