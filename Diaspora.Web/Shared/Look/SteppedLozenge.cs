using System.Globalization;
using System.Text;

namespace Diaspora.Web.Shared.Look;

/// <summary>The stepped lozenge of carpets, as SVG path data.</summary>
public static class SteppedLozenge
{
    /// <summary>A closed lozenge around (<paramref name="centre"/>, <paramref name="centre"/>); the radius is a whole number of steps.</summary>
    public static string Path(int centre, int radius, int step)
    {
        var path = new StringBuilder().Append(CultureInfo.InvariantCulture, $"M{centre} {centre - radius}");
        string[] sides = [$"h{step}v{step}", $"v{step}h-{step}", $"h-{step}v-{step}", $"v-{step}h{step}"];
        foreach (var side in sides)
            path.Insert(path.Length, side, radius / step);
        return path.Append('z').ToString();
    }

    /// <summary>Ram's horns on the four tips at <paramref name="radius"/>, drawn in units of <paramref name="unit"/>.</summary>
    public static string Horns(int centre, int radius, double unit)
    {
        (double Along, double Aside)[] horn =
        [
            (0, 0), (2, 0), (2, 3.5), (6, 3.5), (6, 1.2), (4, 1.2), (4, 2.2),
        ];
        (int X, int Y)[] directions = [(1, 0), (-1, 0), (0, 1), (0, -1)];
        var path = new StringBuilder();
        foreach (var (x, y) in directions)
        {
            foreach (var mirror in (int[])[1, -1])
            {
                var command = 'M';
                foreach (var (along, aside) in horn)
                {
                    var far = radius + along * unit;
                    var off = aside * unit * mirror;
                    path.Append(CultureInfo.InvariantCulture, $"{command}{centre + x * far - y * off:0.#} {centre + y * far + x * off:0.#}");
                    command = 'L';
                }
            }
        }
        return path.ToString();
    }

    /// <summary>Small hooks along the four upper and lower edges of the medallion.</summary>
    public static string Hooks(int centre, int radius, int spacing)
    {
        var path = new StringBuilder();
        for (var along = 16; along < radius - spacing / 2; along += spacing)
        {
            var away = radius - along + 6;
            foreach (var (x, y) in ((int, int)[])[(1, 1), (1, -1), (-1, 1), (-1, -1)])
                path.Append(CultureInfo.InvariantCulture, $"M{centre + x * along} {centre + y * away}v{16 * y}h{14 * x}v{-9 * y}h{-6 * x}");
        }
        return path.ToString();
    }
}
