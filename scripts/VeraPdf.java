import java.io.FileInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Judges PDFs by profiles of veraPDF. Arguments: profiles (PDFUA-1, PDFA-2A ...), then "--", then files. Prints a line for each file and profile,
 * "judged", and one for each rule that a file breaks, "broken": what, file, profile, rule and message, with tabs between. A file that cannot be
 * judged is "broken" and not "judged".
 *
 * The jar of veraPDF must be on the class path: scripts/validate installs one and names it.
 *
 * veraPDF's own loader of profiles needs JAXB, which the jar that carries the profiles lacks: here they are read as plain XML.
 */
public class VeraPdf {
    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        List<String> given = List.of(arguments);
        int split = given.indexOf("--");
        for (String name : given.subList(0, split)) {
            ValidationProfile profile = profile(name);
            for (String file : given.subList(split + 1, given.size())) {
                try {
                    judge(file, name, profile);
                } catch (Exception error) {  // of one file: the others are judged all the same
                    System.out.println("broken\t" + file + "\t" + name + "\t" + error.toString().replaceAll("\\s+", " "));
                }
            }
        }
    }

    private static void judge(String file, String name, ValidationProfile profile) throws Exception {
        Set<String> broken = new TreeSet<>();
        try (InputStream data = new FileInputStream(file);
             PDFAParser parser = Foundries.defaultInstance().createParser(data, profile.getPDFAFlavour())) {
            PDFAValidator validator = ValidatorFactory.createValidator(profile, 1000, false, true, false);
            for (TestAssertion assertion : validator.validate(parser).getTestAssertions()) {
                RuleId rule = assertion.getRuleId();
                String words = assertion.getMessage().replaceAll("\\s+", " ");
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    broken.add(rule.getClause() + "-" + rule.getTestNumber() + "\t" + words);
                }
            }
        }
        System.out.println("judged\t" + file + "\t" + name);
        broken.forEach(one -> System.out.println("broken\t" + file + "\t" + name + "\t" + one));
    }

    private static ValidationProfile profile(String name) throws Exception {
        InputStream data = PDFAFlavour.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml");
        Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(data).getDocumentElement();
        Set<Rule> rules = new HashSet<>();
        for (Element rule : within(root, "rule")) {
            rules.add(rule(rule));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element one : within(root, "variable")) {
            variables.add(Profiles.variableFromValues(
                one.getAttribute("name"), one.getAttribute("object"), words(one, "defaultValue"), words(one, "value")));
        }
        return Profiles.profileFromValues(
            PDFAFlavour.valueOf(root.getAttribute("flavour")), Profiles.profileDetailsFromValues(name, "", "", new Date(0)), "", rules, variables);
    }

    private static Rule rule(Element rule) {
        Element id = within(rule, "id").get(0);
        RuleId named = Profiles.ruleIdFromValues(
            PDFAFlavour.Specification.valueOf(id.getAttribute("specification")), id.getAttribute("clause"),
            Integer.parseInt(id.getAttribute("testNumber")));
        String description = words(rule, "description");
        String deferred = rule.getAttribute("deferred");
        return Profiles.ruleFromValues(
            named, rule.getAttribute("object"), deferred.isEmpty() ? null : Boolean.valueOf(deferred), rule.getAttribute("tags"), description,
            words(rule, "test"), Profiles.errorFromValues(description, new ArrayList<>()), new ArrayList<>());
    }

    private static List<Element> within(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        List<Element> found = new ArrayList<>();
        for (int place = 0; place < nodes.getLength(); place++) {
            found.add((Element) nodes.item(place));
        }
        return found;
    }

    private static String words(Element parent, String name) {
        List<Element> found = within(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }
}
