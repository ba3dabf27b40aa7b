// An OpenID provider as organisations run one: node's oidc-provider, with its own pages, configured for the tests.
// Usage: node aanbieder.mjs INSTELLING.json; prints its address when it listens. The people are read anew at each
// question, so that a test can change what the provider says of somebody.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const instelling = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const adres = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(instelling.uitgever || adres, {
    clients: instelling.clients,
    cookies: { keys: [instelling.koeksleutel] },
    // The second step is told in the id_token, the rest by the userinfo endpoint, as the specification has it.
    claims: {
      openid: ['sub', 'amr', 'acr'],
      email: ['email', 'email_verified'],
      profile: ['title', 'organisatie', 'rollen', 'realm_access'],
    },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    ttl: { IdToken: instelling.geldig || 3600, Session: 3600, Interaction: 3600, Grant: 3600, AccessToken: 600 },
    findAccount: (ctx, sub) => {
      const mensen = JSON.parse(readFileSync(instelling.mensen, 'utf8'));
      return mensen[sub] && { accountId: sub, claims: () => ({ sub, ...mensen[sub] }) };
    },
  });
  // Behind another address, as behind the proxy of an organisation: links carry the address that was asked.
  provider.proxy = Boolean(instelling.uitgever);
  server.on('request', provider.callback());
  console.log(adres);
});
