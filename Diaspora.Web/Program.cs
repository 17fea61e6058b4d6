using Diaspora.Data;
using Diaspora.Web.Accounts;
using Diaspora.Web.Content;
using Diaspora.Web.Dues;
using Diaspora.Web.Payments;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;

var builder = WebApplication.CreateBuilder(args);

builder.AddOperations();
builder.AddShared();
builder.AddShell();
builder.AddData();
builder.AddAccounts();
builder.AddContent();
builder.AddDues();
builder.AddPayments();

var app = builder.Build();
await app.PrepareAsync();

app.UseOperations();
app.UseShell();
app.MapAccounts();
app.MapOperations();
app.MapShell();
app.MapPayments();

await app.RunAsync();
