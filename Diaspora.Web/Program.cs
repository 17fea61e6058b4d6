using Diaspora.Data;
using Diaspora.Web.Accounts;
using Diaspora.Web.Content;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;

var builder = WebApplication.CreateBuilder(args);

builder.AddShared();
builder.AddShell();
builder.AddData();
builder.AddAccounts();
builder.AddContent();

var app = builder.Build();
await app.PrepareAsync();

app.UseShell();
app.MapAccounts();
app.MapShell();

await app.RunAsync();
