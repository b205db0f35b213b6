import { naclSigner, signerSuite } from './signer.suite.ts';

signerSuite('tweetnacl, the reference,', naclSigner);
