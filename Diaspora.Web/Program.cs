using Diaspora.Data;
using Diaspora.Web.Content;
using Diaspora.Web.Shared;
using Diaspora.Web.Shell;

var builder = WebApplication.CreateBuilder(args);

builder.AddOperations();
builder.AddShared();
builder.AddShell();
builder.AddData();
builder.AddContent();

var app = builder.Build();
await app.PrepareAsync();

app.UseOperations();
app.UseShell();
app.MapOperations();
app.MapShell();

await app.RunAsync();
