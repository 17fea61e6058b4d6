namespace Diaspora.Web.Content;

/// <summary>Who the association is and how to reach it: the section <c>Association</c> of the configuration.</summary>
public sealed class AssociationOptions
{
    public const string Section = "Association";

    public string Name { get; set; } = "Общественное объединение «Диаспора азербайджанцев Казахстана»";

    public string Email { get; set; } = "salam@diaspora.example";

    public string Phone { get; set; } = "+7 700 000 00 00";

    /// <summary>The number for WhatsApp, written as people read it.</summary>
    public string WhatsApp { get; set; } = "+7 700 000 00 00";

    public string City { get; set; } = "Алматы, Казахстан";

    public string Address { get; set; } = "Казахстан, 050000, Алматы, пр. Абая, 1";
}
