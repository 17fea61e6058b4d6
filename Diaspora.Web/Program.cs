using Diaspora.Data;
using Diaspora.Web.Content;
using Diaspora.Web.Dues;
using Diaspora.Web.Payments;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;

var builder = WebApplication.CreateBuilder(args);

builder.AddShared();
builder.AddShell();
builder.AddData();
builder.AddContent();
builder.AddDues();
builder.AddPayments();

var app = builder.Build();
await app.PrepareAsync();

app.UseShell();
app.MapShell();
app.MapPayments();

await app.RunAsync();
