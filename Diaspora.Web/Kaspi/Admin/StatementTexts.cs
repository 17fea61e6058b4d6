namespace Diaspora.Web.Kaspi.Admin;

public sealed class StatementTexts;
