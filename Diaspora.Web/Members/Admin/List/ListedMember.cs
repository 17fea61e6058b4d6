using Diaspora.Domain.Members;
using Microsoft.AspNetCore.Components;

namespace Diaspora.Web.Members.Admin.List;

/// <summary>A line of the list. It stays the same while its member is on the page: the table then keeps the line, and only what changed is drawn and sent.</summary>
public sealed class ListedMember(MemberRow row)
{
    private (MemberRow Row, object Words) _drawn;
    private MarkupString _cells;

    public Guid Id => Row.Person.Id;

    public MemberRow Row { get; set; } = row;

    /// <summary>The table draws all its lines for every edit; those that say the same give the same piece.</summary>
    public MarkupString Cells(MemberCells cells, bool isAdmin)
    {
        if (!ReferenceEquals(_drawn.Row, Row) || _drawn.Words != cells.Words)
        {
            (_drawn, _cells) = ((Row, cells.Words), new MarkupString(cells.Of(Row, isAdmin)));
        }

        return _cells;
    }
}
