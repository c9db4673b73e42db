using System.Text;

namespace Stockgate.Domain.Forecasting.Trees;

/// <summary>
/// A model as a file: the letters SGTM, the version (1), loss, start, features with their cuts, trees with their nodes, sets and leaves,
/// and what each feature gained. Little-endian, as <see cref="BinaryWriter"/> writes.
/// </summary>
public static class TreeModelFile
{
    private const uint Letters = 0x4D544753;
    private const int Version = 1;

    // What a file may ask for at most, so that a broken one can't ask for all memory.
    private const int MostFeatures = 4_096,
        MostTrees = 100_000,
        MostLeaves = 256;

    public static void Write(TreeModel model, Stream to)
    {
        using var file = new BinaryWriter(to, Encoding.UTF8, leaveOpen: true);
        file.Write(Letters);
        file.Write(Version);
        file.Write(model.Loss.Name);
        file.Write(model.Start);
        file.Write(model.Binning.Features.Count);
        for (var f = 0; f < model.Binning.Features.Count; f++)
        {
            var (feature, cuts) = (model.Binning.Features[f], model.Binning.Cuts(f).ToArray());
            file.Write(feature.Name);
            file.Write(feature.Categorical);
            file.Write((sbyte)feature.Monotone);
            file.Write(model.Gains[f]);
            file.Write(cuts.Length);
            foreach (var cut in cuts)
                file.Write(cut);
        }
        file.Write(model.Trees.Count);
        foreach (var tree in model.Trees)
            Write(tree, file);
    }

    /// <exception cref="InvalidDataException">It is not a model of this version, or it is broken.</exception>
    public static TreeModel Read(Stream from)
    {
        using var file = new BinaryReader(from, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (file.ReadUInt32() != Letters)
                throw new InvalidDataException("The file is not a model: it does not start with SGTM.");
            if (file.ReadInt32() is var version && version != Version)
                throw new InvalidDataException($"The model has version {version}; only version {Version} is supported.");
            var (loss, start) = (Loss.Parse(file.ReadString()), file.ReadDouble());
            var features = new Feature[Bounded(file.ReadInt32(), MostFeatures, "features")];
            var (cuts, gains) = (new float[features.Length][], new double[features.Length]);
            for (var f = 0; f < features.Length; f++)
            {
                features[f] = new Feature(file.ReadString(), file.ReadBoolean(), file.ReadSByte());
                gains[f] = file.ReadDouble();
                cuts[f] = new float[Bounded(file.ReadInt32(), Binning.Most - 2, "cuts")];
                for (var c = 0; c < cuts[f].Length; c++)
                    cuts[f][c] = file.ReadSingle();
            }
            var trees = new List<Tree>(Bounded(file.ReadInt32(), MostTrees, "trees"));
            for (var t = trees.Capacity; t > 0; t--)
                trees.Add(Read(file, features.Length));
            return new TreeModel(new Binning(features, cuts), loss, start, trees, gains);
        }
        catch (Exception broken) when (broken is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"The model is broken: {broken.Message}", broken);
        }
    }

    private static void Write(Tree tree, BinaryWriter file)
    {
        file.Write(tree.Leaves.Length);
        foreach (var leaf in tree.Leaves)
            file.Write(leaf);
        foreach (var value in tree.NodeValues)
            file.Write(value);
        foreach (var node in tree.Nodes)
        {
            file.Write(node.Feature);
            file.Write(node.Shift);
            file.Write(node.Limit);
            file.Write(node.Left);
            file.Write(node.Right);
        }
        file.Write(tree.Sets.Length > 0);
        foreach (var set in tree.Sets)
            file.Write(set);
    }

    private static Tree Read(BinaryReader file, int features)
    {
        var leaves = Bounded(file.ReadInt32(), MostLeaves, "leaves");
        if (leaves < 1)
            throw new InvalidDataException("The model is broken: a tree without leaves.");
        var tree = new Tree(leaves);
        for (var i = 0; i < leaves; i++)
            tree.Leaves[i] = file.ReadSingle();
        for (var i = 0; i < leaves - 1; i++)
            tree.NodeValues[i] = file.ReadSingle();
        for (short i = 0; i < leaves - 1; i++)
        {
            var node = new Node(file.ReadUInt16(), file.ReadByte(), file.ReadByte(), file.ReadInt16(), file.ReadInt16());
            // Children stand behind their parent: no file can send a reader round in circles or out of the tree.
            if (node.Feature >= features || !Stands(node.Left, i, leaves) || !Stands(node.Right, i, leaves))
                throw new InvalidDataException("The model is broken: a node leads out of its tree.");
            tree.Nodes[i] = node;
        }
        if (!file.ReadBoolean())
            return tree.Nodes.Any(static n => n.Shift >= Node.Categorical)
                ? throw new InvalidDataException("The model is broken: a categorical node without its set.")
                : tree;
        tree.Sets = new ulong[4 * (leaves - 1)];
        for (var i = 0; i < tree.Sets.Length; i++)
            tree.Sets[i] = file.ReadUInt64();
        return tree;
    }

    private static bool Stands(short child, short parent, int leaves) => child < 0 ? ~child < leaves : child > parent && child < leaves - 1;

    private static int Bounded(int count, int most, string what) =>
        count < 0 || count > most
            ? throw new InvalidDataException($"The model is broken: it has {count} {what}; 0 to {most} are allowed.")
            : count;
}
