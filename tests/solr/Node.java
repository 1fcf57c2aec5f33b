import java.nio.file.Path;
import java.util.Properties;
import org.apache.solr.embedded.JettyConfig;
import org.apache.solr.embedded.JettySolrRunner;

/** One node of a Solr cloud on loopback: `java -DzkHost=HOST:PORT -cp 'jars/*' Node PORT HOME`. */
public class Node {
    public static void main(String[] args) throws Exception {
        String home = Path.of(args[1]).toAbsolutePath().toString();
        JettyConfig jetty = new JettyConfig.Builder().setContext("/solr").setPort(Integer.parseInt(args[0]))
            .stopAtShutdown(true).useOnlyHttp1(true).build();
        try {
            new JettySolrRunner(home, new Properties(), jetty).start();
        } catch (Exception error) {
            error.printStackTrace();
            System.exit(1);  // Jetty's threads would keep the process, and all who wait for it, for ever
        }
        System.out.println("ready");
        Thread.currentThread().join();
    }
}
